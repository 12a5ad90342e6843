package io.quickscale.service;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * What came of a run. All amounts in credits.
 *
 * @param success always true: a run that fails throws
 * @param service the service's name
 * @param result what the service returned
 * @param creditsConsumed what the run cost
 * @param creditsRemaining what the user can still spend
 * @param usageId the run's permanent record
 * @param duration from the start to the settled charge
 * @param paidFrom the grants that paid, in the order they were drawn on
 * @param units what was metered, and what each unit cost
 * @param innerRuns the runs of other services that this one ordered, in their order, and those that
 *     they ordered
 */
public record ServiceResult<O>(
    boolean success,
    String service,
    O result,
    BigDecimal creditsConsumed,
    BigDecimal creditsRemaining,
    String usageId,
    Duration duration,
    List<Payment> paidFrom,
    List<Metered> units,
    List<InnerRun> innerRuns) {

  /** What the run and its inner runs cost. */
  public BigDecimal totalCredits() {
    BigDecimal total =
        innerRuns.stream()
            .map(InnerRun::creditsConsumed)
            .reduce(creditsConsumed, BigDecimal::add)
            .stripTrailingZeros();
    return total.scale() < 0 ? total.setScale(0) : total;
  }

  /**
   * One grant's part of a charge.
   *
   * @param kind subscription, promotional, admin or pay_as_you_go
   */
  public record Payment(String grantId, String kind, BigDecimal credits) {}

  /**
   * What a unit cost: {@code creditsPerUnit} for each beyond the included ones, up to the maximum.
   *
   * @param quantity what was metered
   * @param included units that cost nothing
   * @param maximum the most units that are charged; null if the unit had no price
   */
  public record Metered(
      String unit,
      long quantity,
      long included,
      Long maximum,
      BigDecimal creditsPerUnit,
      BigDecimal credits) {}

  /**
   * A run within this one.
   *
   * @param creditsConsumed what it cost by itself
   */
  public record InnerRun(String usageId, String service, BigDecimal creditsConsumed) {}
}
