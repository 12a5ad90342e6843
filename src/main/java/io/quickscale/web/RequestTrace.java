package io.quickscale.web;

import io.quickscale.platform.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * The trace of a request, for whoever needs it outside of the server's span: servers end that
 * before an exception is put into words.
 */
@ApplicationScoped
class RequestTrace {
  private static final String ATTRIBUTE = RequestTrace.class.getName() + ".id";

  @Inject Tracing tracing;

  /** Remembers for the rest of the request which trace it belongs to, if it is traced. */
  void enter(HttpServletRequest request) {
    tracing.traceId().ifPresent(id -> request.setAttribute(ATTRIBUTE, id));
  }

  /** The request's trace; empty if the server does not trace it. */
  static Optional<String> of(HttpServletRequest request) {
    return Optional.ofNullable((String) request.getAttribute(ATTRIBUTE));
  }
}
