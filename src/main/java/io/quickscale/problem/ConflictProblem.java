package io.quickscale.problem;

/** The request contradicts what is already there. */
public final class ConflictProblem extends Problem {
  public ConflictProblem(String detail) {
    super(409, "conflict", "Conflict", detail);
  }
}
