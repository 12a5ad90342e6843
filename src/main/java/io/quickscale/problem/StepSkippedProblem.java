package io.quickscale.problem;

/** A step of a pipeline was not wanted; its record says so. It cost nothing. */
public final class StepSkippedProblem extends Problem {
  public StepSkippedProblem() {
    super(
        409,
        "step_skipped",
        "Step skipped",
        "The step's 'when' did not hold, or the step hangs on one that was skipped.");
  }
}
