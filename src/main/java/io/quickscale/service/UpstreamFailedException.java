package io.quickscale.service;

import io.quickscale.problem.Problem;

/**
 * "What I depend on answered, and the answer is of no use": 502, nothing charged. The message
 * reaches the caller.
 */
public final class UpstreamFailedException extends Problem {
  /**
   * @param cause logged, never shown
   */
  public UpstreamFailedException(String detail, Throwable cause) {
    super(502, "upstream_failed", "Upstream failed", detail, cause);
  }
}
