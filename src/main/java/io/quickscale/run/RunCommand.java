package io.quickscale.run;

import java.util.function.Function;

/** What the journal writes of a run. */
sealed interface RunCommand {
  Run run();

  /** Claims the idempotency key, holds the most the run can cost and writes its record. */
  record Start(Run run) implements RunCommand {}

  /**
   * Settles the hold, ends the record and keeps the answer for the idempotency key.
   *
   * @param words puts the settlement into the answer that is kept
   */
  record Finish(Run run, RunEnd end, Function<Settlement, Answer> words) implements RunCommand {}
}
