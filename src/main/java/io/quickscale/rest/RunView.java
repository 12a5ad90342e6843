package io.quickscale.rest;

import io.quickscale.service.ServiceResult;
import java.math.BigDecimal;
import java.util.List;

/**
 * The answer to a run that succeeded.
 *
 * @param units what was metered; null if nothing can be
 * @param innerRuns the runs within this one; null if there are none
 * @param totalCredits what this run and those within it cost; null if there are none
 */
public record RunView(
    boolean success,
    String service,
    Object result,
    BigDecimal creditsConsumed,
    BigDecimal creditsRemaining,
    String usageId,
    long durationMs,
    Receipt receipt,
    List<UnitView> units,
    List<InnerRunView> innerRuns,
    BigDecimal totalCredits) {

  /** What the run cost and which grants paid it. */
  public record Receipt(BigDecimal credits, List<GrantShareView> paidFrom) {}

  static RunView of(ServiceResult<?> result) {
    return new RunView(
        result.success(),
        result.service(),
        result.result(),
        result.creditsConsumed(),
        result.creditsRemaining(),
        result.usageId(),
        result.duration().toMillis(),
        new Receipt(
            result.creditsConsumed(), result.paidFrom().stream().map(GrantShareView::of).toList()),
        UnitView.ifAny(result.units().stream().map(UnitView::of).toList()),
        UnitView.ifAny(result.innerRuns().stream().map(InnerRunView::of).toList()),
        result.innerRuns().isEmpty() ? null : result.totalCredits());
  }
}
