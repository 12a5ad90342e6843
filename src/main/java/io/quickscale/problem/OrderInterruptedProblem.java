package io.quickscale.problem;

/** The request with this idempotency key stopped half-way, since its server did. */
public final class OrderInterruptedProblem extends Problem {
  public OrderInterruptedProblem() {
    super(
        409,
        "conflict",
        "Conflict",
        "The request with this Idempotency-Key was interrupted: its server stopped while some of its runs had ended. Those are paid, the others were given back. GET /api/v1/usage lists them; to have the rest done, send it under another key.");
  }
}
