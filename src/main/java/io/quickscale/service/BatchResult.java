package io.quickscale.service;

import io.quickscale.problem.Problem;
import java.math.BigDecimal;
import java.util.List;

/**
 * What came of a batch.
 *
 * @param success whether all items succeeded
 * @param items in the order of their inputs
 * @param creditsConsumed what all of them cost
 */
public record BatchResult<O>(
    boolean success, String service, List<Item<O>> items, BigDecimal creditsConsumed) {
  /**
   * One item.
   *
   * @param result what the service returned; null if it failed
   * @param problem why it failed; null if it succeeded
   * @param creditsConsumed what its run cost
   * @param usageId the run's permanent record
   */
  public record Item<O>(
      int index,
      boolean success,
      O result,
      Problem problem,
      BigDecimal creditsConsumed,
      String usageId) {}
}
