package io.quickscale.run;

import io.quickscale.problem.Problem;

/**
 * What became of a command. A refused one has written nothing.
 *
 * @param settlement of a run that ended; null for one that started or was refused
 * @param refusal why nothing was written; null if it was
 */
record RunOutcome(Settlement settlement, Problem refusal) {
  static final RunOutcome STARTED = new RunOutcome(null, null);

  static RunOutcome ended(Settlement settlement) {
    return new RunOutcome(settlement, null);
  }

  static RunOutcome refused(Problem refusal) {
    return new RunOutcome(null, refusal);
  }

  /** The outcome of a command that was written; throws the problem of a refused one. */
  RunOutcome orThrow() {
    if (refusal != null) {
      throw refusal;
    }
    return this;
  }
}
