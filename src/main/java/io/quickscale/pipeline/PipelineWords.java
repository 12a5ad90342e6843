package io.quickscale.pipeline;

import io.quickscale.json.JsonText;
import io.quickscale.problem.Problem;
import io.quickscale.run.Answer;

/** How the outcome of a pipeline is put into words for a caller; a face knows. */
public interface PipelineWords {
  /** The problem document of a step that failed. */
  JsonText error(Problem problem, long usageId);

  /** The answer, when all steps have ended. */
  Answer answer(PipelineResult result);
}
