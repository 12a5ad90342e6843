package io.quickscale.service;

import java.util.List;

/**
 * The one door through which services are run and paid; {@link BaseService} hands its calls to it.
 */
public interface Runner {
  /** See {@link BaseService#run}. */
  <I, O> ServiceResult<O> run(BaseService<I, O> service, ServiceUser user, I input);

  /** See {@link BaseService#runBatch}. */
  <I, O> BatchResult<O> runBatch(BaseService<I, O> service, ServiceUser user, List<I> inputs);

  /** See {@link BaseService#checkUserCredits}. */
  CreditCheck checkUserCredits(BaseService<?, ?> service, ServiceUser user);

  /** See {@link BaseService#consumeCredits}. */
  <O> ServiceResult<O> consumeCredits(BaseService<?, O> service, ServiceUser user);
}
