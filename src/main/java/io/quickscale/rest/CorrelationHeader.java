package io.quickscale.rest;

import io.quickscale.web.CorrelationId;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Sends the {@link CorrelationId} back. */
@Provider
public class CorrelationHeader implements ContainerResponseFilter {
  @Inject HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext in, ContainerResponseContext out) {
    out.getHeaders().putSingle(CorrelationId.HEADER, CorrelationId.of(request));
    if (!out.hasEntity() && !isStream(out)) {
      // Jersey repeats Accept there.
      out.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
    }
  }

  /** Events are no entity to RESTEasy: they are written when there are any. */
  private static boolean isStream(ContainerResponseContext out) {
    return out.getStatus() == Response.Status.OK.getStatusCode()
        && MediaType.SERVER_SENT_EVENTS_TYPE.equals(out.getMediaType());
  }
}
