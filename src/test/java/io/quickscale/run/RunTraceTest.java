package io.quickscale.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.credit.Credits;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Tracing;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.ServiceFailedProblem;
import io.quickscale.registry.ServiceFixture;
import io.quickscale.service.ServiceUser;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTraceTest {
  private static final OffsetDateTime NOW =
      OffsetDateTime.of(2026, 11, 25, 2, 0, 0, 0, ZoneOffset.UTC);
  private static final Credits PRICE = Credits.ofMicros(1_000_000);

  private final List<String> told = new ArrayList<>();
  private final RunTrace trace = new RunTrace();
  private final Run run = run(PRICE);

  @Test
  void aStepOfATracedRequestSaysWhoseRunOfWhatItIs() {
    trace.tracing = new Recording(true);

    String held = trace.hold(run, () -> "held");

    assertThat(held).isEqualTo("held");
    assertThat(told)
        .containsExactly(
            "start hold",
            "quickscale.service=word_count",
            "quickscale.usage_id=" + Ids.format(4711),
            "user.id=" + Ids.format(7),
            "end");
  }

  @Test
  void aStepOfAnInnerRunNamesItsOuterOne() {
    trace.tracing = new Recording(true);

    trace.hold(run(PRICE, Optional.of(run)), () -> "held");

    assertThat(told).contains("quickscale.parent_usage_id=" + Ids.format(4711));
  }

  @Test
  void aRefusedHoldIsAFailedStep() {
    trace.tracing = new Recording(true);
    Problem refusal = HttpProblem.of(503);

    assertThatThrownBy(
            () ->
                trace.hold(
                    run,
                    () -> {
                      throw refusal;
                    }))
        .isSameAs(refusal);
    assertThat(told).endsWith("failed service_unavailable HttpProblem", "end");
  }

  @Test
  void aServiceThatFailedIsAFailedStepWithItsCause() {
    trace.tracing = new Recording(true);
    Problem problem = new ServiceFailedProblem("word_count", "0SB4", new ArithmeticException());

    trace.execute(run, () -> RunEnd.failed(problem, Credits.ZERO, 1));

    assertThat(told).endsWith("failed service_failed ArithmeticException", "end");
  }

  @Test
  void whatIsNotAProblemIsAnInternalError() {
    trace.tracing = new Recording(true);

    assertThatThrownBy(
            () ->
                trace.hold(
                    run,
                    () -> {
                      throw new IllegalStateException("inside");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(told).endsWith("failed internal_error IllegalStateException", "end");
  }

  @Test
  void aHoldThatIsGivenBackIsReleased() {
    trace.tracing = new Recording(true);

    trace.settle(run, RunEnd.failed(HttpProblem.of(503), Credits.ZERO, 1), () -> null);
    trace.settle(run, RunEnd.succeeded("words", PRICE, 1), () -> null);
    trace.settle(run(Credits.ZERO), RunEnd.succeeded("words", Credits.ZERO, 1), () -> null);

    assertThat(told.stream().filter(line -> line.startsWith("start")))
        .containsExactly("start release", "start settle", "start settle");
  }

  @Test
  void nothingIsMadeForARequestThatIsNotTraced() {
    trace.tracing = new Recording(false);

    assertThat(trace.hold(run, () -> "held")).isEqualTo("held");
    assertThat(told).isEmpty();
  }

  private static Run run(Credits price) {
    return run(price, Optional.empty());
  }

  private static Run run(Credits price, Optional<Run> outer) {
    return RunFixture.run(
        4711,
        ServiceFixture.service("word_count", price, null, NOW),
        new ServiceUser(7, 8, "ann@example.com"),
        NOW,
        outer);
  }

  /** Writes down what it is told. */
  private final class Recording extends Tracing {
    private final boolean on;

    Recording(boolean on) {
      this.on = on;
    }

    @Override
    public boolean isTraced() {
      return on;
    }

    @Override
    public Span start(String name) {
      told.add("start " + name);
      return new Span() {
        @Override
        public void attribute(String attribute, String value) {
          told.add(attribute + "=" + value);
        }

        @Override
        public void failed(String code, Throwable cause) {
          told.add("failed " + code + " " + cause.getClass().getSimpleName());
        }

        @Override
        public void close() {
          told.add("end");
        }
      };
    }
  }
}
