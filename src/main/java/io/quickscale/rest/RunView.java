package io.quickscale.rest;

import io.quickscale.service.ServiceResult;
import java.math.BigDecimal;
import java.util.List;

/** The answer to a run that succeeded. */
public record RunView(
    boolean success,
    String service,
    Object result,
    BigDecimal creditsConsumed,
    BigDecimal creditsRemaining,
    String usageId,
    long durationMs,
    Receipt receipt) {

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
            result.creditsConsumed(), result.paidFrom().stream().map(GrantShareView::of).toList()));
  }
}
