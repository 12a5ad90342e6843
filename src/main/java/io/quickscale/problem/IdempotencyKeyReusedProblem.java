package io.quickscale.problem;

/** An idempotency key came back with another request. */
public final class IdempotencyKeyReusedProblem extends Problem {
  public IdempotencyKeyReusedProblem() {
    super(
        422,
        "idempotency_key_reused",
        "Idempotency key reused",
        "This Idempotency-Key was used for a request with another path or body. Take a new key.");
  }
}
