package io.quickscale.problem;

/** The caller is known and may not do this. */
public final class ForbiddenProblem extends Problem {
  public ForbiddenProblem(String detail) {
    super(403, "forbidden", "Forbidden", detail);
  }
}
