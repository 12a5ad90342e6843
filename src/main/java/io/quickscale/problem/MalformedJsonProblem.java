package io.quickscale.problem;

/** The body is not JSON that can be read. */
public final class MalformedJsonProblem extends Problem {
  public MalformedJsonProblem(String detail) {
    super(400, "malformed_json", "Malformed JSON", detail);
  }
}
