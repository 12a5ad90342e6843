package io.quickscale.service;

import java.math.BigDecimal;
import java.util.List;

/**
 * Work in the background, for whoever wants no answer now; inject it. What all runs of a job can
 * cost is held when it is submitted. From then on it needs nobody: any node works on it, and goes
 * on with it if another one dies. Each run is charged when it ends, and what is not needed is given
 * back.
 */
public interface Jobs {
  /**
   * How far a job is.
   *
   * @param kind {@code run}, {@code batch} or {@code pipeline}
   * @param status {@code queued}, {@code running}, {@code succeeded}, {@code failed} or {@code
   *     cancelled}
   * @param done items that have ended, {@code failed} those of them that failed
   */
  record JobState(
      String id,
      String kind,
      String status,
      int done,
      int failed,
      int total,
      BigDecimal creditsConsumed) {}

  /**
   * Has a service run once.
   *
   * @return the job's id
   * @throws InsufficientCreditsException the run costs more than the user has
   * @throws InvalidInputException the input is wrong
   */
  <I> String submit(ServiceUser user, BaseService<I, ?> service, I input);

  /**
   * Has a service run for many inputs, side by side.
   *
   * @param inputs at least one
   * @return the job's id
   * @throws InsufficientCreditsException all of them together cost more than the user has
   * @throws InvalidInputException one of them is wrong
   */
  <I> String submitBatch(ServiceUser user, BaseService<I, ?> service, List<I> inputs);

  /**
   * How far one of the user's jobs is.
   *
   * @throws io.quickscale.problem.NotFoundProblem the user has no such job
   */
  JobState state(ServiceUser user, String id);
}
