package io.quickscale.problem;

/** No API key, or one that does not count (unknown, revoked, expired, of an inactive user). */
public final class UnauthenticatedProblem extends Problem {
  public UnauthenticatedProblem(String detail) {
    super(401, "unauthenticated", "Unauthenticated", detail);
  }
}
