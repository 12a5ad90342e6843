package io.quickscale.run;

/** What callers are told; the model and the journal's outcomes speak the same. */
final class Told {
  static final String STARTED = "started";

  /** Of a command that has nothing else to say. */
  static final String WRITTEN = "written";

  /** What a start comes to that is written a second time and has no key that says so. */
  static final String WRITTEN_BEFORE = "failed: written before";

  private Told() {}

  /** Of a run that has ended. */
  static String receipt(long runId, long cost, long left) {
    return "run %d cost %d, %d left".formatted(runId, cost, left);
  }

  /** Of a run that has ended. */
  static String receipt(Settled settled) {
    return receipt(settled.run().usageId(), settled.cost().micros(), settled.remaining().micros());
  }

  /** For a key that has its answer. */
  static String again(String answer) {
    return "as before: " + answer;
  }

  static String of(RunOutcome outcome) {
    if (outcome instanceof RunOutcome.Refused refused) {
      return refused.problem().getClass().getSimpleName();
    } else if (outcome instanceof RunOutcome.Replayed replayed) {
      return again(replayed.answer().body());
    } else if (outcome instanceof RunOutcome.Ended ended) {
      return receipt(ended.settled());
    }
    return outcome instanceof RunOutcome.Started ? STARTED : WRITTEN;
  }
}
