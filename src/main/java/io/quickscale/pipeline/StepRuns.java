package io.quickscale.pipeline;

import io.quickscale.problem.Problem;
import java.util.List;

/** The runs of the steps of one pipeline, as a {@link PipelineWalk} needs them. */
interface StepRuns {
  /** Runs a step with its input, and returns when its end is durable. */
  StepEnd run(PlannedStep step, Object input);

  /** Ends a step whose input is wrong. */
  StepEnd refuse(PlannedStep step, Problem problem);

  /** Ends steps that will not run and gives their credits back. */
  void giveBack(List<PlannedStep> steps, StepStatus status);

  /** The record of a step's run. */
  long usageId(PlannedStep step);
}
