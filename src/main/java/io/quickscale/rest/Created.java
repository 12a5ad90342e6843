package io.quickscale.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Answers to what made something. */
final class Created {
  private Created() {}

  /**
   * 201.
   *
   * @param path where what was made is, from the root; relative to the server, whose name a caller
   *     knows better
   */
  static Response at(String path, Record body) {
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, path)
        .entity(body)
        .build();
  }
}
