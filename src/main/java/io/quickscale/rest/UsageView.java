package io.quickscale.rest;

import io.quickscale.credit.Credits;
import io.quickscale.platform.Ids;
import io.quickscale.run.InnerRun;
import io.quickscale.run.Usage;
import io.quickscale.run.UsageHistory.Summary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The record of one run.
 *
 * @param price the most it could cost, which was held
 * @param priceVersion which of the service's prices that was, counted from 1; null for a run of an
 *     older version of QuickScale
 * @param cost what it was charged
 * @param refunded what was given back since
 * @param apiKeyId the key that asked; null for a caller in Java
 * @param orderId the id of the first run of its order; its own id if it was ordered alone
 * @param units what was metered, if that was charged; null for nothing
 * @param parentUsageId the run that ordered this one; null if no service did
 * @param jobId the job that it was a part of; null if it was none's
 * @param innerRuns the runs within this one; null if there are none, and in lists
 * @param totalCredits what this run and those within it cost, without what was given back; null if
 *     there are none, and in lists
 */
public record UsageView(
    String id,
    String userId,
    String service,
    String status,
    BigDecimal price,
    Integer priceVersion,
    BigDecimal cost,
    BigDecimal refunded,
    List<GrantShareView> paidFrom,
    int attempts,
    String errorCode,
    OffsetDateTime startedAt,
    OffsetDateTime finishedAt,
    Long durationMs,
    String correlationId,
    String apiKeyId,
    String orderId,
    List<UnitView> units,
    String parentUsageId,
    String jobId,
    List<InnerRunView> innerRuns,
    BigDecimal totalCredits) {
  /** What stands above {@link #cells}. */
  static final List<String> COLUMNS =
      List.of(
          "id",
          "started_at",
          "finished_at",
          "duration_ms",
          "service",
          "status",
          "error_code",
          "attempts",
          "price",
          "price_version",
          "cost",
          "refunded",
          "paid_from",
          "units",
          "units_included",
          "units_credits",
          "parent_usage_id",
          "job_id",
          "user_id",
          "api_key_id",
          "order_id",
          "correlation_id");

  /**
   * For a table; the grants that paid as {@code grant=credits}, the units as {@code unit=quantity},
   * those that cost nothing and what the rest cost likewise, with blanks between.
   */
  List<Object> cells() {
    return Arrays.asList(
        id,
        startedAt,
        finishedAt,
        durationMs,
        service,
        status,
        errorCode,
        attempts,
        price,
        priceVersion,
        cost,
        refunded,
        words(paidFrom, share -> share.grantId() + "=" + share.credits().toPlainString()),
        ofUnits(UnitView::quantity),
        ofUnits(UnitView::included),
        ofUnits(unit -> unit.credits().toPlainString()),
        parentUsageId,
        jobId,
        userId,
        apiKeyId,
        orderId,
        correlationId);
  }

  private String ofUnits(Function<UnitView, Object> fact) {
    return units == null ? null : words(units, unit -> unit.unit() + "=" + fact.apply(unit));
  }

  private static <T> String words(List<T> parts, Function<T, String> word) {
    return parts.stream().map(word).collect(Collectors.joining(" "));
  }

  /** A record in a list. */
  static UsageView of(Usage usage) {
    return of(usage, List.of());
  }

  /** A record with the runs within it. */
  static UsageView of(Usage usage, List<InnerRun> innerRuns) {
    return new UsageView(
        Ids.format(usage.id()),
        Ids.format(usage.userId()),
        usage.service(),
        usage.status().word(),
        usage.price().toDecimal(),
        usage.priceVersion().orElse(null),
        usage.cost().toDecimal(),
        usage.refunded().toDecimal(),
        usage.paidFrom().stream().map(GrantShareView::of).toList(),
        usage.attempts(),
        usage.errorCode().orElse(null),
        usage.startedAt(),
        usage.finishedAt().orElse(null),
        usage.durationMillis().orElse(null),
        usage.correlationId(),
        usage.apiKeyId().map(Ids::format).orElse(null),
        Ids.format(usage.orderId()),
        UnitView.ifAny(usage.units().stream().map(UnitView::of).toList()),
        usage.parentUsageId().map(Ids::format).orElse(null),
        usage.jobId().map(Ids::format).orElse(null),
        UnitView.ifAny(innerRuns.stream().map(InnerRunView::of).toList()),
        innerRuns.isEmpty() ? null : total(usage, innerRuns));
  }

  private static BigDecimal total(Usage usage, List<InnerRun> innerRuns) {
    return Credits.sum(innerRuns.stream().map(InnerRun::netCost).toList())
        .plus(usage.cost().minus(usage.refunded()))
        .toDecimal();
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
          summary.credits(),
          summary.durationMillis() / summary.runs());
    }
  }
}
