package io.quickscale.run;

import io.quickscale.credit.CreditStatement;
import io.quickscale.credit.Credits;
import io.quickscale.json.JsonCodec;
import io.quickscale.platform.Ids;
import io.quickscale.platform.LiveValue;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.PayloadTooLargeProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.ServiceTimeoutProblem;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import io.quickscale.run.InnerRuns.Order;
import io.quickscale.service.BaseService;
import io.quickscale.service.CreditCheck;
import io.quickscale.service.Runner;
import io.quickscale.service.ServiceResult;
import io.quickscale.service.ServiceUser;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;

/**
 * Runs services: the input is checked, the credits are held, the service executes outside any
 * transaction, the hold is settled or given back. REST, Java callers and everything to come go
 * through here; there is no other way to spend.
 */
@ApplicationScoped
public class ServiceRunner implements Runner {
  /** Java callers have no idempotency key for which words would be kept. */
  private static final Function<Settlement, Answer> NO_ANSWER = settlement -> null;

  /** A run that has not ended after this time is given up and its credits are returned. */
  private static final long DEFAULT_DEADLINE_SECONDS = 900;

  private static final long MAX_DEADLINE_SECONDS = Duration.ofDays(365).toSeconds();

  @EJB Registry registry;
  @Inject JsonCodec codec;
  @Inject RunWriter writer;
  @Inject Idempotency idempotency;
  @Inject CreditStatement statement;
  @Inject RunExecutor executor;
  @Inject RunReport report;
  @Inject RunTrace trace;
  @Inject Time time;
  @Inject Ids ids;

  @Inject Config config;

  private LiveValue<Long> deadlineSeconds;

  @PostConstruct
  void configure() {
    deadlineSeconds =
        new LiveValue<>(
            config,
            "quickscale.run.deadline",
            Long.class,
            seconds -> seconds > 0 && seconds <= MAX_DEADLINE_SECONDS,
            "seconds, from 1 to " + MAX_DEADLINE_SECONDS);
  }

  /**
   * Runs a service for a client.
   *
   * @param format puts the outcome into words; what it says is kept for the request's idempotency
   *     key
   * @throws Problem the run was refused before it started; nothing is held, nothing is recorded
   */
  public Answer answer(RunRequest request, AnswerFormat format) {
    try {
      Begun begun = begin(request);
      return begun
          .earlier()
          .orElseGet(() -> complete(begun.run(), begun.input(), codec::toText, format));
    } catch (Problem refusal) {
      // Only known names: a metric must not grow by what callers make up.
      boolean known = registry.find(request.service()).isPresent();
      report.refused(known ? request.service() : "unknown", refusal);
      throw refusal;
    }
  }

  /** A run that has started, or the answer to an earlier request with the same key. */
  private record Begun(Run run, Object input, Optional<Answer> earlier) {
    private static Begun before(Answer earlier) {
      return new Begun(null, null, Optional.of(earlier));
    }
  }

  private Begun begin(RunRequest request) {
    try {
      RegisteredService service = registry.require(request.service());
      Object input = read(service, request.body());
      Run run =
          newRun(service, request.user(), request.correlationId(), request.key(), Optional.empty());
      return new Begun(run, input, start(run));
    } catch (RuntimeException refusal) {
      // An equal request may have been faster, or came before what it is refused for now.
      return request
          .key()
          .flatMap(idempotency::earlier)
          .map(Begun::before)
          .orElseThrow(() -> refusal);
    }
  }

  /**
   * Does all the checks that a run does before it touches the ledger.
   *
   * @throws Problem what is wrong
   */
  public void validate(String serviceName, byte[] body) {
    read(registry.require(serviceName), body);
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
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  @SuppressWarnings("unchecked") // the service's own output type
  public <I, O> ServiceResult<O> run(BaseService<I, O> service, ServiceUser user, I input) {
    RegisteredService registered = registry.of(service);
    return (ServiceResult<O>)
        order(
            user,
            () -> new Order(registered.name(), input == null ? null : codec.toValue(input)),
            outer -> {
              registered.requireRunnable();
              registered.requireInput(input);
              codec.validate(input);
              Run run = startedInJava(registered, user, outer);
              return settle(run, executor.execute(run, input, result -> result), NO_ANSWER);
            });
  }

  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  @SuppressWarnings("unchecked") // there is no output
  public <O> ServiceResult<O> consumeCredits(BaseService<?, O> service, ServiceUser user) {
    RegisteredService registered = registry.of(service);
    return (ServiceResult<O>)
        order(
            user,
            () -> new Order(registered.name(), null),
            outer -> {
              registered.requireRunnable();
              Run run = startedInJava(registered, user, outer);
              RunEnd end = RunEnd.succeeded(null, registered.price().perRun(), 0);
              return settle(run, end, NO_ANSWER);
            });
  }

  /** Goes down a road once for each order of a run, however often that run is tried. */
  private static ServiceResult<Object> order(
      ServiceUser user, Supplier<Order> order, Function<Optional<Run>, Settlement> road) {
    return user instanceof RunUser within
        ? within.order(order.get(), outer -> road.apply(Optional.of(outer)))
        : road.apply(Optional.empty()).resultOrThrow();
  }

  private Run startedInJava(RegisteredService service, ServiceUser user, Optional<Run> outer) {
    String correlationId = outer.map(Run::correlationId).orElseGet(ServiceRunner::newCorrelationId);
    Run run = newRun(service, user, correlationId, Optional.empty(), outer);
    try {
      start(run);
    } catch (Problem refusal) {
      report.refused(service.name(), refusal);
      throw refusal;
    }
    return run;
  }

  private static String newCorrelationId() {
    return UUID.randomUUID().toString();
  }

  private Object read(RegisteredService service, byte[] body) {
    Type inputType = service.inputType();
    Integer limit = service.settings().maxInputBytes();
    if (limit != null && body.length > limit) {
      throw new PayloadTooLargeProblem(limit);
    }
    return codec.read(body, inputType);
  }

  private Run newRun(
      RegisteredService service,
      ServiceUser user,
      String correlationId,
      Optional<IdempotencyKey> key,
      Optional<Run> outer) {
    OffsetDateTime now = time.now();
    OffsetDateTime latest =
        now.plus(Duration.ofSeconds(deadlineSeconds.orElse(DEFAULT_DEADLINE_SECONDS)));
    OffsetDateTime deadline =
        outer.map(Run::deadline).filter(end -> end.isBefore(latest)).orElse(latest);
    return new Run(ids.next(), service, user, correlationId, now, deadline, key, outer);
  }

  private Optional<Answer> start(Run run) {
    return trace.hold(run, () -> writer.start(run));
  }

  private Answer complete(
      Run run, Object input, UnaryOperator<Object> render, AnswerFormat format) {
    Function<Settlement, Answer> words = new Words(format);
    try {
      return words.apply(settle(run, executor.execute(run, input, render), words));
    } catch (ServiceTimeoutProblem abandoned) {
      return format.failure(abandoned, Ids.format(run.usageId()));
    }
  }

  private Settlement settle(Run run, RunEnd end, Function<Settlement, Answer> words) {
    try {
      Settlement settlement = trace.settle(run, end, () -> writer.finish(run, end, words));
      report.ended(settlement);
      return settlement;
    } catch (ConflictProblem abandoned) {
      throw new ServiceTimeoutProblem(run.service().name());
    }
  }
}
