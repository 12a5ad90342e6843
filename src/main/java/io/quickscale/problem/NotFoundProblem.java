package io.quickscale.problem;

/** There is no such thing, or it is not the caller'\''s to see. */
public final class NotFoundProblem extends Problem {
  public NotFoundProblem(String detail) {
    super(404, "not_found", "Not found", detail);
  }
}
