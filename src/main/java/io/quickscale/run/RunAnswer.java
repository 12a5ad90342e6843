package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/**
 * How a run of an order of many ended.
 *
 * @param result what the service returned, as JSON; null if there is none
 * @param problem why it has no result; empty if it succeeded
 * @param cost what it was charged
 * @param remaining what the account can spend after it; empty if nobody knows
 * @param duration from its start to the settled charge
 */
public record RunAnswer(
    long usageId,
    String service,
    Usage.Status status,
    Object result,
    Optional<Problem> problem,
    Credits cost,
    Optional<Credits> remaining,
    Duration duration) {
  static RunAnswer of(Settled settled) {
    OpenRun run = settled.run();
    return new RunAnswer(
        run.usageId(),
        run.service(),
        settled.end().status(),
        settled.end().result(),
        settled.end().problem(),
        settled.cost(),
        Optional.of(settled.remaining()),
        settled.duration());
  }

  /** Of a run whose end is not written, or was written by somebody else. */
  static RunAnswer unwritten(OpenRun run, Problem why) {
    return new RunAnswer(
        run.usageId(),
        run.service(),
        Usage.Status.FAILED,
        null,
        Optional.of(why),
        Credits.ZERO,
        Optional.empty(),
        Duration.ZERO);
  }

  public boolean isSuccess() {
    return problem.isEmpty();
  }
}
