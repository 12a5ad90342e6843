package io.quickscale.service;

import jakarta.inject.Inject;
import java.util.List;

/**
 * A service: one class, one method to write. Annotate it with {@link RegisterService}.
 *
 * <p>{@link #executeService} runs outside any transaction, under whatever MicroProfile Fault
 * Tolerance annotations it carries. Calling {@link #run} checks and holds the credits first and
 * settles them after; calling {@code executeService} directly does neither.
 *
 * @param <I> the input: a record, read from JSON and checked with Jakarta Validation
 * @param <O> the output: a record or another type that has a JSON form
 */
public abstract class BaseService<I, O> {
  @Inject Runner runner;

  /**
   * The service's work.
   *
   * @param context the run: its user, its id, its meter
   * @param input bound and validated
   * @return the result, never {@code null}
   * @throws InvalidInputException the input is wrong in a way that validation could not see: 400,
   *     nothing charged
   * @throws ServiceUnavailableException what the service depends on is down: 503, nothing charged
   * @throws UpstreamFailedException what the service depends on gave a wrong answer: 502, nothing
   *     charged
   * @throws Exception anything else is a failure of the service: 500, charged only if its failure
   *     policy says so
   */
  protected abstract O executeService(RunContext context, I input) throws Exception;

  /**
   * Runs the service for a user: check, hold, execute, settle.
   *
   * @throws InsufficientCreditsException the price is more than the user has
   */
  public ServiceResult<O> run(ServiceUser user, I input) {
    return runner.run(this, user, input);
  }

  /**
   * Runs the service for many inputs as one order: the most that all of them can cost is held
   * before the first one runs, they run in parallel, and each is settled by itself. One that fails
   * does not stop the others. Within a run of another service they are that run's inner runs, one
   * after the other.
   *
   * @param inputs at least one
   * @throws InsufficientCreditsException all of them together cost more than the user has; nothing
   *     ran
   * @throws InvalidInputException one of them is wrong; nothing ran
   */
  public BatchResult<O> runBatch(ServiceUser user, List<I> inputs) {
    return runner.runBatch(this, user, inputs);
  }

  /** Whether the user could pay for one run now; holds nothing. */
  public CreditCheck checkUserCredits(ServiceUser user) {
    return runner.checkUserCredits(this, user);
  }

  /**
   * Charges the price of one run without executing anything, for work that was done elsewhere.
   *
   * @return a result without a {@code result}, with the receipt
   * @throws InsufficientCreditsException the price is more than the user has
   */
  public ServiceResult<O> consumeCredits(ServiceUser user) {
    return runner.consumeCredits(this, user);
  }
}
