package io.quickscale.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantKind;
import io.quickscale.credit.GrantShare;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.ServiceTimeoutProblem;
import io.quickscale.registry.ServiceFixture;
import io.quickscale.run.InnerRuns.Attempt;
import io.quickscale.run.InnerRuns.Call;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.ServiceUser;
import jakarta.json.Json;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the attempts of one run order, and what of it is paid. */
class InnerRunsTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T08:00:00Z");
  private static final Call HELLO = order("hello");

  private final InnerRuns inner = new InnerRuns(run(1, Optional.empty()));
  private final Attempt first = new Attempt(1);
  private final Attempt second = new Attempt(2);
  private final List<Run> runs = new ArrayList<>();
  private long lastId = 1;

  @Test
  void aLaterAttemptGetsTheKeptResult() {
    String id = order(first, HELLO);
    inner.supersede(first);

    assertThat(order(second, HELLO)).isEqualTo(id);
    assertThat(runs).hasSize(1);
    assertThat(inner.close(true)).isEqualTo(new InnerEnd(true, false, Set.of()));
  }

  @Test
  void anotherInputOrServiceIsAnotherOrder() {
    order(first, HELLO);
    order(first, order("other"));
    order(first, new Call("other", HELLO.input()));
    order(first, new Call("inner", null));

    assertThat(runs).hasSize(4);
  }

  @Test
  void equalInputsAreEqualWhateverTheOrderOfTheirMembers() {
    order(first, new Call("inner", Json.createObjectBuilder().add("a", 1).add("b", 2).build()));
    order(second, new Call("inner", Json.createObjectBuilder().add("b", 2).add("a", 1).build()));

    assertThat(runs).hasSize(1);
  }

  @Test
  void equalOrdersOfOneAttemptRunEachAndAreKeptEach() {
    List<String> ids = List.of(order(first, HELLO), order(first, HELLO));

    assertThat(List.of(order(second, HELLO), order(second, HELLO))).isEqualTo(ids);
    order(second, HELLO);
    assertThat(runs).hasSize(3);
  }

  @Test
  void aFallbackThatGetsTheLastAttemptsContextBeginsAnew() {
    order(first, HELLO);
    inner.ended(first);

    order(first, HELLO);

    assertThat(runs).hasSize(1);
  }

  @Test
  void whatFailedRunsAgain() {
    assertThatThrownBy(() -> inner.call(first, HELLO, failing(0))).isInstanceOf(HttpProblem.class);

    order(second, HELLO);

    assertThat(runs).hasSize(2);
    assertThat(inner.close(true).surplus()).isEmpty();
  }

  @Test
  void aFailureThatWasPaidInAnEarlierAttemptIsOneTooManyOnceTheOrderIsPaidAgain() {
    assertThatThrownBy(() -> inner.call(first, HELLO, failing(3))).isInstanceOf(HttpProblem.class);
    assertThatThrownBy(() -> inner.call(first, HELLO, failing(3))).isInstanceOf(HttpProblem.class);

    order(second, HELLO);

    assertThat(inner.close(true).surplus()).containsExactly(runs.get(0).usageId());
  }

  @Test
  void whatAnAttemptOrdersThatNobodyWaitsForDoesNotRun() {
    inner.supersede(first);
    assertThatThrownBy(() -> order(first, HELLO)).isInstanceOf(ServiceTimeoutProblem.class);

    inner.close(true);
    assertThatThrownBy(() -> order(second, HELLO)).isInstanceOf(ServiceTimeoutProblem.class);
    assertThat(runs).isEmpty();
  }

  @Test
  void aRunThatEndsWhenItsAttemptIsOverIsOneTooMany() {
    inner.call(
        first,
        HELLO,
        outer -> {
          inner.supersede(first);
          return ended(outer, Optional.empty(), 3);
        });
    order(second, HELLO);

    assertThat(inner.close(true).surplus()).containsExactly(runs.get(0).usageId());
    assertThat(runs).hasSize(2);
  }

  @Test
  void aRunThatIsNotPaidGivesEverythingBack() {
    assertThat(inner.close(false)).isEqualTo(new InnerEnd(false, true, Set.of()));
  }

  @Test
  void aRefusedInputIsThatOfTheInnerService() {
    InvalidInputException refusal = InvalidInputException.of("text", "must rhyme");

    assertThatThrownBy(
            () ->
                inner.call(
                    first,
                    HELLO,
                    outer -> {
                      throw refusal;
                    }))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            told -> {
              assertThat(told.members()).isEqualTo(refusal.members());
              assertThat(told.forOuterCaller())
                  .hasMessage(
                      "the service 'inner', which this one runs, refused what it was given: text:"
                          + " must rhyme");
            });
    assertThat(refusal.forOuterCaller()).isSameAs(refusal);
  }

  private String order(Attempt attempt, Call order) {
    return inner.call(attempt, order, outer -> ended(outer, Optional.empty(), 3)).usageId();
  }

  private Function<Run, Settled> failing(long micros) {
    return outer -> ended(outer, Optional.of(HttpProblem.of(503)), micros);
  }

  private Settled ended(Run outer, Optional<Problem> problem, long micros) {
    Run run = run(++lastId, Optional.of(outer));
    runs.add(run);
    Credits cost = Credits.ofMicros(micros);
    RunEnd end =
        problem
            .map(why -> RunEnd.failed(why, cost, 1))
            .orElseGet(() -> RunEnd.succeeded("a result", cost, 1));
    List<GrantShare> paidFrom =
        micros == 0 ? List.of() : List.of(new GrantShare(1, GrantKind.ADMIN, cost));
    return new Settled(
        OpenRun.of(run, List.of()), end, paidFrom, Credits.ZERO, NOW, Duration.ZERO, List.of());
  }

  private static Call order(String text) {
    return new Call("inner", Json.createObjectBuilder().add("text", text).build());
  }

  private static Run run(long id, Optional<Run> outer) {
    return RunFixture.run(
        id,
        ServiceFixture.service("inner", Credits.ofMicros(3), null, NOW),
        new ServiceUser(7, 8, "ann@example.com"),
        NOW,
        outer);
  }
}
