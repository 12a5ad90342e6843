package io.quickscale.run;

import io.quickscale.platform.Ids;
import java.util.function.Function;

/**
 * Puts the settlement of a run into words, once: what the writer keeps for the run's idempotency
 * key is what the caller is told. A settlement that was rolled back and made anew gets new words.
 */
final class Words implements Function<Settled, Answer> {
  private final AnswerFormat format;
  private Settled last;
  private Answer answer;

  Words(AnswerFormat format) {
    this.format = format;
  }

  @Override
  public synchronized Answer apply(Settled settled) {
    if (last != settled) {
      answer = wordsFor(settled);
      last = settled;
    }
    return answer;
  }

  private Answer wordsFor(Settled settled) {
    return settled
        .end()
        .problem()
        .map(problem -> format.failure(problem, Ids.format(settled.run().usageId())))
        .orElseGet(() -> format.success(settled.resultOrThrow()));
  }
}
