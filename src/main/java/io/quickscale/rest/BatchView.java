package io.quickscale.rest;

import io.quickscale.credit.Credits;
import io.quickscale.platform.Ids;
import io.quickscale.run.RunAnswer;
import java.math.BigDecimal;
import java.util.List;

/**
 * The answer to a batch that was let in.
 *
 * @param success whether all items succeeded
 * @param items in the order of their inputs
 * @param creditsConsumed what all of them cost
 */
public record BatchView(
    boolean success, String service, List<Item> items, BigDecimal creditsConsumed) {
  /**
   * How an item ended.
   *
   * @param result what the service returned; null if it failed
   * @param error the problem (RFC 9457); null if it succeeded
   */
  public record Item(
      int index,
      boolean success,
      Object result,
      Object error,
      BigDecimal creditsConsumed,
      String usageId) {}

  static BatchView of(String service, List<RunAnswer> answers, List<Item> items) {
    return new BatchView(
        answers.stream().allMatch(RunAnswer::isSuccess),
        service,
        items,
        Credits.sum(answers.stream().map(RunAnswer::cost).toList()).toDecimal());
  }

  static Item item(int index, RunAnswer answer, Object error) {
    return new Item(
        index,
        answer.isSuccess(),
        answer.result(),
        error,
        answer.cost().toDecimal(),
        Ids.format(answer.usageId()));
  }
}
