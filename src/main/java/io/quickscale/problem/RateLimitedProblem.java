package io.quickscale.problem;

/** The caller asks for more than it may at a time. */
public final class RateLimitedProblem extends Problem {
  /**
   * @param retryAfterSeconds when the next request has a chance
   */
  public RateLimitedProblem(String detail, int retryAfterSeconds) {
    super(429, "rate_limited", "Rate limited", detail);
    retryAfterSeconds(retryAfterSeconds);
  }
}
