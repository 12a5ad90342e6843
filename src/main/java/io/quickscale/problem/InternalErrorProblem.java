package io.quickscale.problem;

/** A fault of the platform; the log has it under the reference. */
public final class InternalErrorProblem extends Problem {
  public InternalErrorProblem(String reference) {
    super(
        500,
        "internal_error",
        "Internal error",
        "Something went wrong here. The operator finds the cause in the log by the reference.");
    member("reference", reference);
  }
}
