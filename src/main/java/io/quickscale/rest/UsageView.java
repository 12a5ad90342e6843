package io.quickscale.rest;

import io.quickscale.platform.Ids;
import io.quickscale.run.Usage;
import io.quickscale.run.UsageHistory.Summary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The record of one run.
 *
 * @param price the most it could cost, which was held
 * @param cost what it was charged
 * @param refunded what was given back since
 */
public record UsageView(
    String id,
    String userId,
    String service,
    String status,
    BigDecimal price,
    BigDecimal cost,
    BigDecimal refunded,
    List<GrantShareView> paidFrom,
    int attempts,
    String errorCode,
    OffsetDateTime startedAt,
    OffsetDateTime finishedAt,
    Long durationMs,
    String correlationId) {

  static UsageView of(Usage usage) {
    return new UsageView(
        Ids.format(usage.id()),
        Ids.format(usage.userId()),
        usage.service(),
        usage.status().word(),
        usage.price().toDecimal(),
        usage.cost().toDecimal(),
        usage.refunded().toDecimal(),
        usage.paidFrom().stream().map(GrantShareView::of).toList(),
        usage.attempts(),
        usage.errorCode().orElse(null),
        usage.startedAt(),
        usage.finishedAt().orElse(null),
        usage.durationMillis().orElse(null),
        usage.correlationId());
  }

  /** Sums over a period. */
  public record SummaryView(
      OffsetDateTime from, OffsetDateTime to, List<String> groupBy, List<SummaryRow> items) {}

  /** Sums of one group; {@code day} and {@code service} are there if they were grouped by. */
  public record SummaryRow(
      LocalDate day,
      String service,
      long runs,
      long succeeded,
      long notSucceeded,
      BigDecimal creditsConsumed,
      long averageDurationMs) {

    static SummaryRow of(Summary summary) {
      return new SummaryRow(
          summary.day().orElse(null),
          summary.service().orElse(null),
          summary.runs(),
          summary.succeeded(),
          summary.runs() - summary.succeeded(),
          summary.credits().toDecimal(),
          summary.durationMillis() / summary.runs());
    }
  }
}
