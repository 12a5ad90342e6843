package io.quickscale.run;

import io.quickscale.platform.Ids;
import java.util.function.Function;

/**
 * Puts the settlement of a run into words, once: what the writer keeps for the run's idempotency
 * key is what the caller is told. A settlement that was rolled back and made anew gets new words.
 */
final class Words implements Function<Settlement, Answer> {
  private final AnswerFormat format;
  private Settlement last;
  private Answer answer;

  Words(AnswerFormat format) {
    this.format = format;
  }

  @Override
  public synchronized Answer apply(Settlement settlement) {
    if (last != settlement) {
      answer = wordsFor(settlement);
      last = settlement;
    }
    return answer;
  }

  private Answer wordsFor(Settlement settlement) {
    return settlement
        .end()
        .problem()
        .map(problem -> format.failure(problem, Ids.format(settlement.run().usageId())))
        .orElseGet(() -> format.success(settlement.resultOrThrow()));
  }
}
