package io.quickscale.problem;

/** The first request with this idempotency key has not been answered yet. */
public final class RequestInProgressProblem extends Problem {
  public RequestInProgressProblem() {
    super(
        409,
        "request_in_progress",
        "Request in progress",
        "A request with this Idempotency-Key is still running. Ask again in a second, with the same key and body.");
    retryAfterSeconds(1);
  }
}
