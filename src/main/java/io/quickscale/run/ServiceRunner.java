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
import io.quickscale.problem.ServiceFailedProblem;
import io.quickscale.problem.ServiceTimeoutProblem;
import io.quickscale.registry.FailurePolicy;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.ServiceRegistry;
import io.quickscale.service.BaseService;
import io.quickscale.service.CreditCheck;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.Runner;
import io.quickscale.service.ServiceInvocation;
import io.quickscale.service.ServiceResult;
import io.quickscale.service.ServiceUnavailableException;
import io.quickscale.service.ServiceUser;
import io.quickscale.service.UpstreamFailedException;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

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

  private final ProviderLookups providers =
      new ProviderLookups(ServiceRunner.class.getClassLoader());

  @EJB ServiceRegistry registry;
  @Inject JsonCodec codec;
  @Inject RunWriter writer;
  @Inject Idempotency idempotency;
  @Inject CreditStatement statement;
  @Inject RunTimeLimit timeLimit;
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
      Run run = newRun(service, request.user(), request.correlationId(), request.key());
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
    registered.requireRunnable();
    codec.validate(input);
    Run run = newRun(registered, user, newCorrelationId(), Optional.empty());
    start(run);
    return (ServiceResult<O>)
        settle(run, execute(run, input, result -> result), NO_ANSWER).resultOrThrow();
  }

  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  @SuppressWarnings("unchecked") // there is no output
  public <O> ServiceResult<O> consumeCredits(BaseService<?, O> service, ServiceUser user) {
    RegisteredService registered = registry.of(service);
    registered.requireRunnable();
    Run run = newRun(registered, user, newCorrelationId(), Optional.empty());
    start(run);
    RunEnd end = RunEnd.succeeded(null, registered.price().perRun(), 0);
    return (ServiceResult<O>) settle(run, end, NO_ANSWER).resultOrThrow();
  }

  private static String newCorrelationId() {
    return UUID.randomUUID().toString();
  }

  private Object read(RegisteredService service, byte[] body) {
    Class<?> inputType = service.inputType();
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
      Optional<IdempotencyKey> key) {
    OffsetDateTime now = time.now();
    OffsetDateTime deadline =
        now.plus(Duration.ofSeconds(deadlineSeconds.orElse(DEFAULT_DEADLINE_SECONDS)));
    return new Run(ids.next(), service, user, correlationId, now, deadline, key);
  }

  private Optional<Answer> start(Run run) {
    return trace.hold(run, () -> writer.start(run));
  }

  private Answer complete(
      Run run, Object input, UnaryOperator<Object> render, AnswerFormat format) {
    Function<Settlement, Answer> words = new Words(format);
    try {
      return words.apply(settle(run, execute(run, input, render), words));
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

  private RunEnd execute(Run run, Object input, UnaryOperator<Object> render) {
    return trace.execute(run, () -> attempt(run, input, render));
  }

  private RunEnd attempt(Run run, Object input, UnaryOperator<Object> render) {
    RunExecution execution = new RunExecution(run);
    try {
      Object result =
          timeLimit.within(
              run.service().name(),
              () ->
                  providers.around(
                      () -> ServiceInvocation.execute(run.service().instance(), execution, input)));
      if (execution.rejection().isPresent()) {
        throw execution.rejection().get();
      }
      if (result == null) {
        throw new IllegalStateException("executeService returned null");
      }
      return RunEnd.succeeded(render.apply(result), due(run, execution), execution.attempts());
    } catch (InvalidInputException | ServiceUnavailableException | UpstreamFailedException e) {
      return RunEnd.failed(e, Credits.ZERO, execution.attempts());
    } catch (CircuitBreakerOpenException | BulkheadException e) {
      return RunEnd.failed(overloaded(run, e), Credits.ZERO, execution.attempts());
    } catch (TimeoutException e) {
      Problem problem = new ServiceTimeoutProblem(run.service().name());
      return RunEnd.failed(problem, dueOnFailure(run, execution), execution.attempts());
    } catch (Throwable e) {
      // Whatever it is, an Error included: the hold must be settled, and the caller answered.
      report.failed(run, e);
      Problem problem =
          new ServiceFailedProblem(run.service().name(), Ids.format(run.usageId()), e);
      return RunEnd.failed(problem, dueOnFailure(run, execution), execution.attempts());
    } finally {
      // A timeout interrupts this thread; an interrupt that came late must not hit the settlement.
      Thread.interrupted();
    }
  }

  private static Problem overloaded(Run run, RuntimeException cause) {
    return new ServiceUnavailableException(
        "The service '" + run.service().name() + "' is overloaded or recovering. Try again later.",
        cause);
  }

  private static Credits due(Run run, RunExecution execution) {
    return run.service().price().charge(execution.units());
  }

  private static Credits dueOnFailure(Run run, RunExecution execution) {
    boolean charged = run.service().settings().failurePolicy() == FailurePolicy.CHARGE_ON_FAILURE;
    return charged ? due(run, execution) : Credits.ZERO;
  }
}
