package io.quickscale.service;

import io.quickscale.problem.Problem;

/** "What I depend on is down": 503, nothing charged. The message reaches the caller. */
public final class ServiceUnavailableException extends Problem {
  public ServiceUnavailableException(String detail) {
    this(detail, null);
  }

  /**
   * @param cause logged, never shown
   */
  public ServiceUnavailableException(String detail, Throwable cause) {
    super(503, "service_unavailable", "Service unavailable", detail, cause);
    retryAfterSeconds(5);
  }
}
