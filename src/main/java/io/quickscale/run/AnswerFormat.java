package io.quickscale.run;

import io.quickscale.problem.Problem;
import io.quickscale.service.ServiceResult;

/** How the outcome of a run is put into words for a caller; the REST layer knows. */
public interface AnswerFormat {
  /** The answer to a run that succeeded. */
  Answer success(ServiceResult<?> result);

  /** The answer to a run that failed. */
  Answer failure(Problem problem);
}
