package io.quickscale.problem;

/** A step of a pipeline did not begin, since another had failed. It cost nothing. */
public final class StepNotReachedProblem extends Problem {
  public StepNotReachedProblem() {
    super(
        409, "step_not_reached", "Step not reached", "Another step of the pipeline failed before.");
  }
}
