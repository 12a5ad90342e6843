package io.quickscale.pipeline;

import io.quickscale.db.Writes;
import io.quickscale.json.JsonText;
import io.quickscale.problem.Problem;

/** Who has a pipeline walked, and hears of its steps meanwhile. Called by several threads. */
public interface PipelineFollower {
  /** The problem document of a step that failed, for callers to read. */
  JsonText error(Problem problem, long usageId);

  /**
   * Adds rows to the transaction that ends a step. Asked again if that is tried again.
   *
   * @param step its id
   */
  void stepEnds(String step, StepEnd end, Writes writes);

  /**
   * Whether another step may begin; if not, those that have begun end, and nothing is given back.
   */
  boolean goesOn();
}
