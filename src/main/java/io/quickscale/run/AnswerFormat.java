package io.quickscale.run;

import io.quickscale.problem.Problem;
import io.quickscale.service.ServiceResult;

/** How the outcome of a run is put into words for a caller; the REST layer knows. */
public interface AnswerFormat {
  /** The answer to a run that succeeded. */
  Answer success(ServiceResult<?> result);

  /**
   * The answer to a run that started and failed.
   *
   * @param usageId its record; a caller tells by it that the run started, and what it cost
   */
  Answer failure(Problem problem, String usageId);
}
