package io.quickscale.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantKind;
import io.quickscale.credit.GrantShare;
import io.quickscale.db.Written;
import io.quickscale.node.SettableClock;
import io.quickscale.platform.Time;
import io.quickscale.problem.CancelledProblem;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.ServiceFailedProblem;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.ServiceFixture;
import io.quickscale.run.RunCommand.Finish;
import io.quickscale.service.ServiceUser;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An order of many on its node: what is executed, settled together, given back, given more time.
 */
@Timeout(30)
class OpenOrderTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-28T08:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Credits PRICE = Credits.ofMicros(100);

  private final List<List<Finish>> groups = Collections.synchronizedList(new ArrayList<>());
  private final List<RunCommand> extended = new ArrayList<>();
  private final RegisteredService service = ServiceFixture.service("called", PRICE, null, NOW);
  private final SettableClock clock = new SettableClock();
  private UnaryOperator<Object> executing = input -> input;
  private Runnable writing = () -> {};
  private RuntimeException failure;

  private final RunWriter writer =
      new RunWriter() {
        @Override
        List<Written<Settled>> finishAll(List<Finish> ends) {
          groups.add(List.copyOf(ends));
          writing.run();
          return ends.stream().map(this::settled).toList();
        }

        private Written<Settled> settled(Finish finish) {
          return failure == null
              ? new Written<>(OpenOrderTest.this.settled(finish), null)
              : new Written<>(null, failure);
        }

        @Override
        void extend(RunCommand.Extend extend) {
          extended.add(extend);
        }
      };

  private final Execution execution =
      new Execution() {
        @Override
        RunEnd executeApart(Run run, Object input, Sink sink) {
          try {
            return RunEnd.succeeded(sink.result(executing.apply(input)), PRICE, 1);
          } catch (IllegalStateException e) {
            return RunEnd.failed(new ServiceFailedProblem("called", "1", e), Credits.ZERO, 1);
          }
        }
      };

  private final RunReport report =
      new RunReport() {
        @Override
        void ended(Settled settled) {
          // Nobody listens.
        }
      };

  @Test
  void aRunIsSettledWhenItHasBeenExecuted() {
    OpenOrder order = order(2);

    RunAnswer answer = order.execute(1, "an input", Alongside.NOTHING);

    assertThat(answer.result()).isEqualTo("an input");
    assertThat(answer.cost()).isEqualTo(PRICE);
    assertThat(order.runs()).extracting(OrderedRun::usageId).containsExactly(2L);
  }

  @Test
  void whatEndsWhileOthersAreSettledIsSettledTogether() throws InterruptedException {
    OpenOrder order = order(5);
    CountDownLatch isWriting = new CountDownLatch(1);
    CountDownLatch othersHaveEnded = new CountDownLatch(1);
    writing =
        () -> {
          isWriting.countDown();
          await(othersHaveEnded);
        };
    List<Long> settled = Collections.synchronizedList(new ArrayList<>());
    Thread first = new Thread(() -> later(order, 1, settled));
    first.start();
    await(isWriting);

    List.of(2L, 3L, 4L, 5L).forEach(id -> later(order, id, settled));
    othersHaveEnded.countDown();
    order.flush();
    first.join();

    assertThat(groups).extracting(List::size).containsExactly(1, 4);
    assertThat(settled).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void aRunThatWasGivenUpMeanwhileHasTimedOutAndCostsNothing() {
    failure = new ConflictProblem("ended already");

    RunAnswer answer = order(1).execute(1, "", Alongside.NOTHING);

    assertThat(answer.problem().orElseThrow().code()).isEqualTo("service_timeout");
    assertThat(answer.cost()).isEqualTo(Credits.ZERO);
  }

  @Test
  void whatKeepsARunFromBeingSettledIsNotToldToTheCaller() {
    failure = new IllegalStateException("secret inside");

    RunAnswer answer = order(1).execute(1, "", Alongside.NOTHING);

    assertThat(answer.problem().orElseThrow().status()).isEqualTo(503);
    assertThat(answer.problem().orElseThrow().detail()).doesNotContain("secret");
  }

  @Test
  void runsThatHaveNotBegunAreGivenBackOnce() {
    OpenOrder order = order(3);
    order.execute(1, "", Alongside.NOTHING);

    List<RunAnswer> cancelled =
        order.cancel(List.of(1L, 2L, 3L), new CancelledProblem("No."), Alongside.NOTHING);

    assertThat(cancelled)
        .extracting(RunAnswer::usageId, RunAnswer::status)
        .containsExactly(tuple(2L, Usage.Status.CANCELLED), tuple(3L, Usage.Status.CANCELLED));
    assertThat(order.cancel(List.of(2L), new CancelledProblem("No."), Alongside.NOTHING)).isEmpty();
  }

  @Test
  void whatRunsWhenTheOrderIsInterruptedIsGivenBack() throws InterruptedException {
    OpenOrder order = order(1);
    CountDownLatch begun = new CountDownLatch(1);
    executing =
        input -> {
          begun.countDown();
          try {
            TimeUnit.SECONDS.sleep(20);
            return "too late";
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    List<RunAnswer> answers = Collections.synchronizedList(new ArrayList<>());
    Thread runner = new Thread(() -> answers.add(order.execute(1, "", Alongside.NOTHING)));
    runner.start();
    await(begun);

    order.interrupt();
    runner.join();

    assertThat(answers).extracting(RunAnswer::status).containsExactly(Usage.Status.CANCELLED);
    assertThat(answers).extracting(RunAnswer::cost).containsExactly(Credits.ZERO);
  }

  @Test
  void eachRunThatBeginsHasAsLongAsARunByItself() {
    OpenOrder order = order(4);

    order.execute(1, "", Alongside.NOTHING);
    clock.set(NOW.plusMinutes(4).toInstant());
    order.execute(2, "", Alongside.NOTHING);
    assertThat(extended).as("there is time enough").isEmpty();

    clock.set(NOW.plusMinutes(6).toInstant());
    order.execute(3, "", Alongside.NOTHING);
    clock.set(NOW.plusMinutes(7).toInstant());
    order.execute(4, "", Alongside.NOTHING);

    assertThat(extended)
        .containsExactly(new RunCommand.Extend(8, 1, NOW.plusMinutes(6).plusMinutes(20)));
  }

  private void later(OpenOrder order, long usageId, List<Long> settled) {
    order.executeAndSettleLater(
        usageId, "", Alongside.NOTHING, answer -> settled.add(answer.usageId()));
  }

  private Settled settled(Finish finish) {
    return new Settled(
        finish.run(),
        finish.end(),
        List.of(new GrantShare(1, GrantKind.ADMIN, finish.end().charge())),
        Credits.ofMicros(5),
        NOW,
        Duration.ZERO,
        List.of());
  }

  private OpenOrder order(int runs) {
    clock.set(NOW.toInstant());
    Order order =
        new Order(
            1,
            new ServiceUser(7, 8, "ann@example.com"),
            Optional.empty(),
            Optional.empty(),
            "a-request",
            NOW,
            NOW.plus(OrderLease.length(PATIENCE)),
            Optional.empty(),
            Optional.empty());
    List<Run> all = new ArrayList<>();
    Map<Long, OpenRun> open = new LinkedHashMap<>();
    for (long id = 1; id <= runs; id++) {
      Run run = new Run(id, order, service);
      all.add(run);
      open.put(id, OpenRun.of(run, List.of()));
    }
    return new OpenOrder(
        order,
        all,
        open,
        new OrderSettlement(writer, report),
        execution,
        result -> result,
        new OrderLease(order, PATIENCE, new Time(clock), writer),
        2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
