package io.quickscale.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ties together what belongs to one request: the caller's X-Request-Id if it is harmless, else a
 * new one; sent back.
 */
@Provider
public class CorrelationId implements ContainerResponseFilter {
  private static final String HEADER = SingleHeaders.REQUEST_ID;
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @Inject HttpServletRequest request;

  static String of(HttpServletRequest request) {
    if (request.getAttribute(HEADER) instanceof String known) {
      return known;
    }
    String wished = request.getHeader(HEADER);
    String id =
        wished != null && HARMLESS.matcher(wished).matches()
            ? wished
            : UUID.randomUUID().toString();
    request.setAttribute(HEADER, id);
    return id;
  }

  @Override
  public void filter(ContainerRequestContext in, ContainerResponseContext out) {
    out.getHeaders().putSingle(HEADER, of(request));
    if (!out.hasEntity()) {
      // Jersey repeats Accept there.
      out.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
    }
  }
}
