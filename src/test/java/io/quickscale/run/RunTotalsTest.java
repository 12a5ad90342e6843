package io.quickscale.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantKind;
import io.quickscale.credit.GrantShare;
import io.quickscale.problem.HttpProblem;
import io.quickscale.registry.ServiceFixture;
import io.quickscale.run.RunTotals.Totals;
import io.quickscale.service.ServiceUser;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTotalsTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T08:00:00Z");

  private final RunTotals totals = new RunTotals();

  @Test
  void runsAreCountedByTheirOutcome() {
    totals.ended(settlement(RunEnd.succeeded("", Credits.ofMicros(1_500_000), 1)));
    totals.ended(settlement(RunEnd.failed(HttpProblem.of(503), Credits.ofMicros(700_000), 1)));
    totals.refused("dear");

    Totals dear = totals.of("dear");
    assertThat(List.of(dear.ended(), dear.failed(), dear.refused())).containsExactly(2L, 1L, 1L);
    assertThat(dear.charged()).hasToString("2.2");
    assertThat(totals.of("other").charged()).hasToString("0");
  }

  @Test
  void chargesOfMoreThanALongAreAddedUp() {
    for (int i = 0; i < 3; i++) {
      totals.ended(settlement(RunEnd.succeeded("", Credits.ofMicros(Long.MAX_VALUE), 1)));
    }

    assertThat(totals.of("dear").charged()).hasToString("27670116110564.327421");
  }

  private static Settled settlement(RunEnd end) {
    Run run =
        RunFixture.run(
            1,
            ServiceFixture.service("dear", end.charge(), null, NOW),
            new ServiceUser(7, 8, "ann@example.com"),
            NOW,
            Optional.empty());
    List<GrantShare> paidFrom = List.of(new GrantShare(1, GrantKind.ADMIN, end.charge()));
    return new Settled(
        OpenRun.of(run, List.of()), end, paidFrom, Credits.ZERO, NOW, Duration.ZERO, List.of());
  }
}
