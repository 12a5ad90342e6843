package io.quickscale.run;

import io.quickscale.credit.CreditStatement;
import io.quickscale.credit.Credits;
import io.quickscale.json.JsonCodec;
import io.quickscale.platform.Ids;
import io.quickscale.problem.Problem;
import io.quickscale.problem.ServiceTimeoutProblem;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import io.quickscale.run.Admission.Admitted;
import io.quickscale.run.Admission.AnsweredBefore;
import io.quickscale.run.Admission.Begun;
import io.quickscale.run.InnerRuns.Call;
import io.quickscale.run.RunCommand.Reply;
import io.quickscale.service.BaseService;
import io.quickscale.service.BatchResult;
import io.quickscale.service.CreditCheck;
import io.quickscale.service.InsufficientCreditsException;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.Runner;
import io.quickscale.service.ServiceResult;
import io.quickscale.service.ServiceUser;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs services: {@link Admission} checks the input and holds the credits, {@link Execution} calls
 * the service, {@link Settlement} pays. REST, Java callers and everything to come go through here;
 * there is no other way to spend. Never inside a transaction: a slow service must hold neither a
 * lock nor a connection.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
public class ServiceRunner implements Runner {
  @EJB Registry registry;
  @Inject JsonCodec codec;
  @Inject CreditStatement statement;
  @Inject Admission admission;
  @Inject Execution execution;
  @Inject Settlement settlement;
  @Inject Orders orders;
  @Inject Batches batches;

  /**
   * Runs a service for a client.
   *
   * @param format puts the outcome into words; what it says is kept for the request's idempotency
   *     key
   * @throws Problem the run was refused before it started; nothing is held, nothing is recorded
   */
  public Answer answer(RunRequest request, AnswerFormat format) {
    Admitted admitted = admission.admit(request);
    return admitted instanceof AnsweredBefore before
        ? before.answer()
        : complete((Begun) admitted, format);
  }

  private Answer complete(Begun begun, AnswerFormat format) {
    Run run = begun.run();
    Words words = new Words(format);
    try {
      RunEnd end = execution.execute(run, begun.input(), codec::toText);
      Optional<Reply> reply = run.order().key().map(key -> new Reply(key, words));
      return words.apply(settlement.settle(run, begun.open(), end, reply));
    } catch (ServiceTimeoutProblem abandoned) {
      return format.failure(abandoned, Ids.format(run.usageId()));
    }
  }

  /**
   * Does all the checks that a run does before it touches the ledger.
   *
   * @throws Problem what is wrong
   */
  public void validate(String serviceName, byte[] body) {
    admission.read(registry.require(serviceName), body);
  }

  /** Whether the user could pay for a run of the service now. */
  public CreditCheck checkUserCredits(String serviceName, ServiceUser user) {
    Credits required = registry.require(serviceName).price().maximum();
    Credits available = statement.available(user.accountId());
    Credits shortfall = available.shortfallOf(required);
    return new CreditCheck(
        shortfall.isZero(), required.toDecimal(), available.toDecimal(), shortfall.toDecimal());
  }

  @Override
  public CreditCheck checkUserCredits(BaseService<?, ?> service, ServiceUser user) {
    return checkUserCredits(registry.of(service).name(), user);
  }

  @Override
  @SuppressWarnings("unchecked") // the service's own output type
  public <I, O> ServiceResult<O> run(BaseService<I, O> service, ServiceUser user, I input) {
    RegisteredService registered = registry.of(service);
    return (ServiceResult<O>)
        call(
            user,
            () -> new Call(registered.name(), input == null ? null : codec.toValue(input)),
            outer -> {
              registered.requireRunnable();
              registered.requireInput(input);
              codec.validate(input);
              Begun begun = admission.admit(registered, user, outer, input);
              RunEnd end = execution.execute(begun.run(), input, result -> result);
              return settle(begun, end);
            });
  }

  @Override
  public <I, O> BatchResult<O> runBatch(
      BaseService<I, O> service, ServiceUser user, List<I> inputs) {
    return user instanceof RunUser
        ? BatchResults.of(registry.of(service).name(), runEach(service, user, inputs))
        : batch(registry.of(service), user, inputs);
  }

  /** Within a run, each is paid once however often that run is tried. */
  private <I, O> List<BatchResult.Item<O>> runEach(
      BaseService<I, O> service, ServiceUser user, List<I> inputs) {
    List<BatchResult.Item<O>> items = new ArrayList<>();
    for (I input : inputs) {
      try {
        items.add(BatchResults.item(items.size(), run(service, user, input)));
      } catch (InsufficientCreditsException | InvalidInputException refused) {
        throw refused;
      } catch (Problem failure) {
        items.add(BatchResults.failed(items.size(), failure));
      }
    }
    return items;
  }

  private <I, O> BatchResult<O> batch(RegisteredService service, ServiceUser user, List<I> inputs) {
    service.requireRunnable();
    inputs.forEach(service::requireInput);
    codec.validateEach("inputs", inputs);
    OrderRequest request =
        new OrderRequest(
            user,
            Optional.empty(),
            UUID.randomUUID().toString(),
            Optional.empty(),
            Optional.empty());
    OrderStart.Opened opened =
        (OrderStart.Opened)
            orders.start(
                request,
                Collections.nCopies(inputs.size(), service),
                Optional.empty(),
                (ids, writes) -> {},
                result -> result);
    return BatchResults.ofRuns(service.name(), batches.execute(opened.order(), inputs));
  }

  @Override
  @SuppressWarnings("unchecked") // there is no output
  public <O> ServiceResult<O> consumeCredits(BaseService<?, O> service, ServiceUser user) {
    RegisteredService registered = registry.of(service);
    return (ServiceResult<O>)
        call(
            user,
            () -> new Call(registered.name(), null),
            outer -> {
              registered.requireRunnable();
              Begun begun = admission.admit(registered, user, outer, null);
              return settle(begun, RunEnd.succeeded(null, registered.price().perRun(), 0));
            });
  }

  private Settled settle(Begun begun, RunEnd end) {
    return settlement.settle(begun.run(), begun.open(), end, Optional.empty());
  }

  /** Goes down the road once for each call of a run, however often that run is tried. */
  private static ServiceResult<Object> call(
      ServiceUser user, Supplier<Call> call, Function<Optional<Run>, Settled> road) {
    return user instanceof RunUser within
        ? within.call(call.get(), outer -> road.apply(Optional.of(outer)))
        : road.apply(Optional.empty()).resultOrThrow();
  }
}
