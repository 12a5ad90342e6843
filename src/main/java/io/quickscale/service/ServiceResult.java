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
 */
public record ServiceResult<O>(
    boolean success,
    String service,
    O result,
    BigDecimal creditsConsumed,
    BigDecimal creditsRemaining,
    String usageId,
    Duration duration,
    List<Payment> paidFrom) {

  /**
   * One grant's part of a charge.
   *
   * @param kind subscription, promotional, admin or pay_as_you_go
   */
  public record Payment(String grantId, String kind, BigDecimal credits) {}
}
