package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import io.quickscale.problem.Problem;
import io.quickscale.registry.UnitCharge;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A run that has ended, as its record says it.
 *
 * @param paidFrom what each grant paid
 * @param errorCode the problem's code; null if it succeeded
 * @param durationMillis from its start to its end; null if nobody knows when it stopped
 */
record EndedRun(
    OpenRun run,
    Usage.Status status,
    List<GrantShare> paidFrom,
    int attempts,
    String errorCode,
    List<UnitCharge> units,
    OffsetDateTime at,
    Long durationMillis) {
  /** Of one that has come to its own end. */
  static EndedRun of(OpenRun run, RunEnd end, List<GrantShare> paidFrom, OffsetDateTime now) {
    return new EndedRun(
        run,
        end.status(),
        paidFrom,
        end.attempts(),
        end.problem().map(Problem::code).orElse(null),
        end.units(),
        now,
        Duration.between(run.startedAt(), now).toMillis());
  }

  /** Of one that is given up; it costs nothing. */
  static EndedRun abandoned(OpenRun run, OffsetDateTime now) {
    return new EndedRun(
        run, Usage.Status.ABANDONED, List.of(), 0, "abandoned", List.of(), now, null);
  }

  Credits cost() {
    return Credits.sum(paidFrom.stream().map(GrantShare::credits).toList());
  }

  /** The same, seen from the run that it ran within. */
  InnerRun asInner() {
    return new InnerRun(
        run.usageId(), run.parentId(), run.service(), status, cost(), Credits.ZERO, paidFrom);
  }
}
