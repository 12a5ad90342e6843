package io.quickscale.problem;

/**
 * Something was given back before it came to an end: nobody wanted it any more. It cost nothing.
 */
public final class CancelledProblem extends Problem {
  public CancelledProblem(String detail) {
    super(409, "cancelled", "Cancelled", detail);
  }
}
