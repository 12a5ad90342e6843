package io.quickscale.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.credit.Credits;
import io.quickscale.node.SettableClock;
import io.quickscale.platform.Time;
import io.quickscale.service.ServiceUser;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnsureRunsTest {
  private final SettableClock clock = new SettableClock();
  private final Set<Long> open = new HashSet<>();
  private final List<Long> undone = new ArrayList<>();
  private final List<Long> settled = new ArrayList<>();
  private final UnsureRuns unsure = new UnsureRuns();
  private int asked;
  private boolean databaseIsAway;

  @BeforeEach
  void connect() {
    unsure.time = new Time(clock);
    unsure.journal =
        new RunJournal() {
          @Override
          public List<OpenRun> ofOrder(long accountId, long orderId) {
            answer();
            return open.contains(orderId) ? List.of(run(orderId)) : List.of();
          }
        };
    unsure.writer =
        new RunWriter() {
          @Override
          RunOutcome write(RunCommand command) {
            answer();
            if (command instanceof RunCommand.Abandon abandon) {
              undone.add(abandon.run().usageId());
            } else {
              settled.add(((RunCommand.Finish) command).run().usageId());
            }
            return new RunOutcome.Written();
          }
        };
  }

  @Test
  void aStartThatWasWrittenIsUndone() {
    open.add(1L);
    unsure.undo(order(1));

    unsure.look();

    assertThat(undone).containsExactly(1L);
    assertThat(unsure.size()).isZero();
  }

  @Test
  void aStartThatArrivesLateIsUndoneToo() {
    unsure.undo(order(1));
    unsure.look();
    assertThat(unsure.size()).isEqualTo(1);

    clock.pass(Duration.ofSeconds(20));
    open.add(1L);
    unsure.look();

    assertThat(undone).containsExactly(1L);
    assertThat(unsure.size()).isZero();
  }

  @Test
  void aStartThatWasNotWrittenIsForgottenWhenItCannotArriveAnyMore() {
    unsure.undo(order(1));

    clock.pass(Duration.ofSeconds(31));
    unsure.look();

    assertThat(undone).isEmpty();
    assertThat(unsure.size()).isZero();
  }

  @Test
  void anEndIsWrittenIfSomebodyCanAskForItsAnswerAndElseUndone() {
    open.addAll(Set.of(1L, 2L));
    unsure.settle(finish(1, true));
    unsure.settle(finish(2, false));

    unsure.look();

    assertThat(settled).containsExactly(1L);
    assertThat(undone).containsExactly(2L);
  }

  @Test
  void aDatabaseThatIsAwayIsAskedOnceALookAndNothingIsForgotten() {
    databaseIsAway = true;
    open.addAll(Set.of(1L, 2L, 3L));
    open.forEach(id -> unsure.undo(order(id)));
    clock.pass(Duration.ofMinutes(5));

    unsure.look();

    assertThat(asked).isEqualTo(1);
    assertThat(unsure.size()).isEqualTo(3);
    databaseIsAway = false;
    unsure.look();
    assertThat(undone).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void afterItsDeadlineARunIsTheSweepers() {
    databaseIsAway = true;
    unsure.undo(order(1));

    clock.pass(Duration.ofMinutes(16));
    unsure.look();

    assertThat(unsure.size()).isZero();
  }

  private void answer() {
    asked++;
    if (databaseIsAway) {
      throw new PersistenceException(new SQLException("away", "08006"));
    }
  }

  private RunCommand.Finish finish(long id, boolean hasKey) {
    RunCommand.Reply reply =
        new RunCommand.Reply(new IdempotencyKey(7, "key", "fingerprint"), settled -> null);
    return new RunCommand.Finish(
        run(id),
        RunEnd.succeeded("a result", Credits.ZERO, 1),
        Optional.of(reply).filter(wanted -> hasKey));
  }

  private Order order(long id) {
    OffsetDateTime now = unsure.time.now();
    return new Order(
        id,
        new ServiceUser(7, 8, "ann@example.com"),
        Optional.empty(),
        Optional.empty(),
        "a-request",
        now,
        now.plusMinutes(15),
        Optional.empty(),
        Optional.empty());
  }

  private OpenRun run(long id) {
    OffsetDateTime now = unsure.time.now();
    return new OpenRun(
        id,
        id,
        8,
        7,
        null,
        "called",
        Credits.ofMicros(3),
        null,
        List.of(),
        "a-request",
        null,
        null,
        now,
        now.plusMinutes(15));
  }
}
