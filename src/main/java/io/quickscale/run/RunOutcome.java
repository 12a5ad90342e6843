package io.quickscale.run;

import io.quickscale.problem.Problem;
import java.util.List;

/** What became of a command. */
sealed interface RunOutcome {
  /** The order's runs are open. */
  record Started(List<OpenRun> runs) implements RunOutcome {}

  /** An earlier order with the same idempotency key has this answer; nothing has been written. */
  record Replayed(Answer answer) implements RunOutcome {}

  /** The run has ended, now or by the same command before. */
  record Ended(Settled settled) implements RunOutcome {}

  /** It is written, and there is nothing more to say. */
  record Written() implements RunOutcome {}

  /** Nothing has been written, and why. */
  record Refused(Problem problem) implements RunOutcome {}

  /** The outcome of a command that was not refused; throws the problem of a refused one. */
  default RunOutcome orThrow() {
    if (this instanceof Refused refused) {
      throw refused.problem();
    }
    return this;
  }
}
