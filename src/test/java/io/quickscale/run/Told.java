package io.quickscale.run;

/** What callers are told; the model and the journal's outcomes speak the same. */
final class Told {
  static final String STARTED = "started";

  /** What a start comes to that is written a second time and has no key that says so. */
  static final String WRITTEN_BEFORE = "failed: written before";

  private Told() {}

  /** Of a run that has ended. */
  static String receipt(long runId, long cost, long left) {
    return "run %d cost %d, %d left".formatted(runId, cost, left);
  }

  /** Of a run that has ended. */
  static String receipt(Settlement settlement) {
    return receipt(
        settlement.run().usageId(), settlement.cost().micros(), settlement.remaining().micros());
  }

  /** For a key that has its answer. */
  static String again(String answer) {
    return "as before: " + answer;
  }

  static String of(RunOutcome outcome) {
    if (outcome.refusal() != null) {
      return outcome.refusal().getClass().getSimpleName();
    }
    if (outcome.earlier() != null) {
      return again(outcome.earlier().body());
    }
    return outcome.settlement() == null ? STARTED : receipt(outcome.settlement());
  }
}
