package io.quickscale.service;

import io.quickscale.problem.Problem;
import java.time.Duration;

/** "What I depend on is down": 503, nothing charged. The message reaches the caller. */
public final class ServiceUnavailableException extends Problem {
  /** Where nobody knows when it is up again. */
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);

  public ServiceUnavailableException(String detail) {
    this(detail, null);
  }

  /**
   * @param cause logged, never shown
   */
  public ServiceUnavailableException(String detail, Throwable cause) {
    this(detail, DEFAULT_WAIT, cause);
  }

  /**
   * @param retryAfter when a new try has a chance; told in whole seconds, at least one
   * @param cause logged, never shown; may be null
   */
  public ServiceUnavailableException(String detail, Duration retryAfter, Throwable cause) {
    super(503, "service_unavailable", "Service unavailable", detail, cause);
    retryAfterSeconds((int) Math.max(1, Math.min(Integer.MAX_VALUE, wholeSeconds(retryAfter))));
  }

  private static long wholeSeconds(Duration wait) {
    return wait.plusNanos(999_999_999).toSeconds();
  }
}
