package io.quickscale.run;

import io.quickscale.problem.Problem;

/**
 * What became of a command. Only one that started or ended a run has written something.
 *
 * @param settlement of a run that ended; else null
 * @param earlier the answer to an earlier start with the same idempotency key; else null
 * @param refusal why nothing was written; else null
 */
record RunOutcome(Settlement settlement, Answer earlier, Problem refusal) {
  static final RunOutcome STARTED = new RunOutcome(null, null, null);

  static RunOutcome ended(Settlement settlement) {
    return new RunOutcome(settlement, null, null);
  }

  static RunOutcome answeredBefore(Answer earlier) {
    return new RunOutcome(null, earlier, null);
  }

  static RunOutcome refused(Problem refusal) {
    return new RunOutcome(null, null, refusal);
  }

  /** The outcome of a command that was not refused; throws the problem of a refused one. */
  RunOutcome orThrow() {
    if (refusal != null) {
      throw refusal;
    }
    return this;
  }
}
