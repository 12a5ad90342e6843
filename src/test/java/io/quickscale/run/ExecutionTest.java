package io.quickscale.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.credit.Credits;
import io.quickscale.platform.Tracing;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.PayloadTooLargeProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.RateLimitedProblem;
import io.quickscale.problem.ServiceFailedProblem;
import io.quickscale.problem.ServiceInactiveProblem;
import io.quickscale.problem.ServiceTimeoutProblem;
import io.quickscale.registry.FailurePolicy;
import io.quickscale.registry.Price;
import io.quickscale.registry.ServiceFixture;
import io.quickscale.registry.UnitCharge;
import io.quickscale.registry.UnitRate;
import io.quickscale.service.BaseService;
import io.quickscale.service.InsufficientCreditsException;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.RunContext;
import io.quickscale.service.ServiceNotFoundException;
import io.quickscale.service.ServiceUnavailableException;
import io.quickscale.service.ServiceUser;
import io.quickscale.service.UpstreamFailedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How a service comes out of a run: what its caller is told, and what is due for that. */
class ExecutionTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T08:00:00Z");
  private static final UnitRate TOKENS = new UnitRate("tokens", Credits.ofMicros(5), 100, 1_000);
  private static final Price PRICE = new Price(Credits.ofMicros(7), List.of(TOKENS));
  private static final long DUE = 7 + 5 * 20;

  private final Execution executor = new Execution();
  private final List<Throwable> logged = new ArrayList<>();

  ExecutionTest() {
    executor.progress = new RunProgress();
    executor.trace = new RunTrace();
    executor.trace.tracing = new Tracing();
    executor.report =
        new RunReport() {
          @Override
          void failed(Run run, Throwable cause) {
            logged.add(cause);
          }
        };
    executor.timeLimit =
        new RunTimeLimit() {
          @Override
          <T> T within(String service, Callable<T> work) throws Exception {
            return work.call();
          }
        };
  }

  @Test
  void aSuccessIsPaidByWhatItMetered() {
    RunEnd end = execute(FailurePolicy.NO_CHARGE, null);

    assertThat(end.result()).isEqualTo("fine");
    assertThat(end.charge()).isEqualTo(Credits.ofMicros(DUE));
    assertThat(end.units())
        .containsExactly(
            new UnitCharge("tokens", 120, 100, 1_000L, Credits.ofMicros(5), Credits.ofMicros(100)));
    assertThat(end.inner().givesAllBack()).isFalse();
  }

  @Test
  void aTimeoutIsPaidIfThePolicySaysSo() {
    assertPaid(execute(FailurePolicy.CHARGE_ON_FAILURE, new TimeoutException()), "service_timeout");
    assertUnpaid(execute(FailurePolicy.NO_CHARGE, new TimeoutException()), "service_timeout");
    assertThat(logged).isEmpty();
  }

  @Test
  void aFailureIsPaidIfThePolicySaysSoAndLogged() {
    RuntimeException failure = new IllegalStateException("inside");

    assertPaid(execute(FailurePolicy.CHARGE_ON_FAILURE, failure), "service_failed");
    assertUnpaid(execute(FailurePolicy.NO_CHARGE, failure), "service_failed");
    assertThat(logged).containsExactly(failure, failure);
  }

  @ParameterizedTest
  @EnumSource(FailurePolicy.class)
  void aRefusalBeforeTheServiceBeganIsNeverPaid(FailurePolicy policy) {
    assertUnpaid(execute(policy, new CircuitBreakerOpenException()), "service_unavailable");
    assertUnpaid(execute(policy, new BulkheadException()), "service_unavailable");
    assertThat(execute(policy, new BulkheadException()).problem())
        .get()
        .extracting(Problem::detail)
        .isEqualTo(
            "The service 'called' has as many runs going as it takes at a time. Try again when one"
                + " has ended, in a second at the soonest.");
  }

  @Test
  void aBreakerThatIsOpenSaysHowLongItStaysSoAtMost() {
    BreakerWait unconfigured = new BreakerWait(name -> Optional.empty());
    assertThat(unconfigured.of(new Fragile())).contains(Duration.ofMillis(90_500));
    assertThat(unconfigured.of(new Metering(null))).isEmpty();
    assertThat(new BreakerWait(name -> Optional.of(700L)).of(new Fragile()))
        .contains(Duration.ofMillis(700));
    Problem open =
        execute(FailurePolicy.NO_CHARGE, new CircuitBreakerOpenException()).problem().get();
    assertThat(open.retryAfterSeconds()).contains(5);
    assertThat(open.detail()).endsWith("It does again in 5 seconds at the latest.");
  }

  private static final class Fragile extends BaseService<Object, String> {
    @Override
    @CircuitBreaker(delay = 90_500)
    protected String executeService(RunContext context, Object input) {
      return "";
    }
  }

  static Stream<Problem> answers() {
    return Stream.of(
        new InvalidInputException("Not this way."),
        new InsufficientCreditsException(BigDecimal.TEN, BigDecimal.ONE),
        new ServiceNotFoundException("nobody"),
        new ConflictProblem("Too late."),
        new PayloadTooLargeProblem(9),
        new RateLimitedProblem("Slow down.", 1),
        new UpstreamFailedException("Nonsense.", null),
        new ServiceUnavailableException("Down."),
        new ServiceInactiveProblem("Off."),
        HttpProblem.of(503),
        new ServiceTimeoutProblem("inner"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whatIsAnAnswerReachesTheCallerAsItIsAndIsNeitherPaidNorLogged(Problem answer) {
    for (Exception thrown :
        List.of(answer, new CompletionException(answer), new ExecutionException(answer))) {
      RunEnd end = execute(FailurePolicy.CHARGE_ON_FAILURE, thrown);

      assertThat(end.problem()).containsSame(answer);
      assertUnpaid(end, answer.code());
    }
    assertThat(logged).isEmpty();
  }

  @Test
  void theFieldsOfAnInnerRunsInputAreNotTheCallers() {
    Problem refusal = InvalidInputException.of("text", "must rhyme").ofInnerRun("inner");

    Problem told = execute(FailurePolicy.NO_CHARGE, refusal).problem().orElseThrow();

    assertThat(told.code()).isEqualTo("invalid_input");
    assertThat(told.members().get("violations").toString())
        .contains("field=,", "'inner'")
        .doesNotContain("field=text");
  }

  @Test
  void aFailureOfAnInnerRunIsAFailureOfThisOneAndHasBeenLogged() {
    Problem failure = new ServiceFailedProblem("inner", "0SC14", new IllegalStateException());

    RunEnd end = execute(FailurePolicy.CHARGE_ON_FAILURE, failure);

    assertPaid(end, "service_failed");
    assertThat(end.problem().orElseThrow().detail()).contains("called");
    assertThat(logged).isEmpty();
  }

  @Test
  void anInnerRunThatIsInterruptedByTheTimeoutOfItsOuterOneIsATimeout() {
    RunEnd inner = execute(FailurePolicy.CHARGE_ON_FAILURE, new InterruptedException(), true);
    assertUnpaid(inner, "service_timeout");
    assertThat(logged).isEmpty();

    assertPaid(
        execute(FailurePolicy.CHARGE_ON_FAILURE, new InterruptedException()), "service_failed");
    assertThat(logged).hasSize(1);
  }

  private static void assertPaid(RunEnd end, String code) {
    assertThat(end.problem().map(Problem::code)).contains(code);
    assertThat(end.charge()).isEqualTo(Credits.ofMicros(DUE));
    assertThat(end.units()).hasSize(1);
    assertThat(end.inner().givesAllBack()).isFalse();
  }

  private static void assertUnpaid(RunEnd end, String code) {
    assertThat(end.problem().map(Problem::code)).contains(code);
    assertThat(end.charge()).isEqualTo(Credits.ZERO);
    assertThat(end.units()).isEmpty();
    assertThat(end.inner().givesAllBack()).isTrue();
  }

  /** Executes a service that meters 120 tokens and then throws this, if it is not null. */
  private RunEnd execute(FailurePolicy policy, Exception thrown) {
    return execute(policy, thrown, false);
  }

  private RunEnd execute(FailurePolicy policy, Exception thrown, boolean isInner) {
    Optional<Run> outer =
        isInner ? Optional.of(run(policy, null, Optional.empty())) : Optional.empty();
    return executor.execute(run(policy, thrown, outer), "anything", result -> result);
  }

  private static Run run(FailurePolicy policy, Exception thrown, Optional<Run> outer) {
    return RunFixture.run(
        4711,
        ServiceFixture.deployed(new Metering(thrown), PRICE, policy, NOW),
        new ServiceUser(7, 8, "ann@example.com"),
        NOW,
        outer);
  }

  private static final class Metering extends BaseService<Object, String> {
    private final Exception thrown;

    private Metering(Exception thrown) {
      this.thrown = thrown;
    }

    @Override
    protected String executeService(RunContext context, Object input) throws Exception {
      context.meter("tokens", 120);
      if (thrown != null) {
        throw thrown;
      }
      return "fine";
    }
  }
}
