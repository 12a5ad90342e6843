package io.quickscale.rest;

import io.quickscale.credit.CreditStatement;
import io.quickscale.credit.CreditTransaction;
import io.quickscale.platform.IdRange;
import io.quickscale.platform.Time;
import io.quickscale.problem.NotFoundProblem;
import io.quickscale.run.Usage;
import io.quickscale.run.UsageFilter;
import io.quickscale.run.UsageHistory;
import io.quickscale.service.InvalidInputException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What can be read of one account: by its user, and by admins for any user. */
@ApplicationScoped
class AccountReader {
  private static final int DEFAULT_SUMMARY_DAYS = 30;
  private static final OffsetDateTime EARLIEST = OffsetDateTime.parse("2020-01-01T00:00:00Z");
  private static final OffsetDateTime LATEST = OffsetDateTime.parse("2100-01-01T00:00:00Z");

  @Inject CreditStatement statement;
  @Inject UsageHistory history;
  @Inject Time time;

  CreditsView credits(long accountId) {
    return CreditsView.of(statement.balance(accountId));
  }

  Page<TransactionView> transactions(long accountId, UsageFilter filter, Paging paging) {
    return paging.page(
        (before, limit) -> transactions(accountId, behind(filter, before), limit),
        CreditTransaction::id,
        TransactionView::of);
  }

  /** From the cursor on; all if there is no limit. */
  StreamingOutput transactionsAsCsv(
      long accountId, UsageFilter filter, Cursor cursor, Limit limit) {
    return new CsvStream<>(
        TransactionView.COLUMNS,
        (before, most) -> transactions(accountId, behind(filter, before), most),
        CreditTransaction::id,
        row -> TransactionView.of(row).cells(),
        cursor,
        limit);
  }

  Page<UsageView> usage(long accountId, UsageFilter filter, Paging paging) {
    return paging.page(
        (before, limit) -> history.list(accountId, behind(filter, before), limit),
        Usage::id,
        UsageView::of);
  }

  /** From the cursor on; all if there is no limit. */
  StreamingOutput usageAsCsv(long accountId, UsageFilter filter, Cursor cursor, Limit limit) {
    return new CsvStream<>(
        UsageView.COLUMNS,
        (before, most) -> history.list(accountId, behind(filter, before), most),
        Usage::id,
        run -> UsageView.of(run).cells(),
        cursor,
        limit);
  }

  /** A row that belongs to no run (a grant, an expiry) is of no service and has no status. */
  private List<CreditTransaction> transactions(long accountId, UsageFilter filter, int limit) {
    return filter.looksAtRuns()
        ? history.transactions(accountId, filter, limit)
        : statement.transactions(accountId, filter.ids(), limit);
  }

  private static UsageFilter behind(UsageFilter filter, Optional<Long> before) {
    return before.map(filter::before).orElse(filter);
  }

  private static IdRange period(OffsetDateTime from, OffsetDateTime to) {
    if (from != null && to != null && !from.isBefore(to)) {
      throw InvalidInputException.of("from", "must be before to");
    }
    IdRange since = from == null ? IdRange.ALL : IdRange.ALL.since(from);
    return to == null ? since : since.until(to);
  }

  /**
   * What the query says; null for what it does not say.
   *
   * @throws InvalidInputException the period ends before it begins
   */
  static UsageFilter filter(
      OffsetDateTime from, OffsetDateTime to, ServiceFilter service, Usage.Status status) {
    return new UsageFilter(
        period(from, to),
        Optional.ofNullable(service).map(ServiceFilter::name),
        Optional.ofNullable(status));
  }

  UsageView usage(long accountId, String id) {
    return history
        .find(accountId, Paging.id(id))
        .map(usage -> UsageView.of(usage, history.within(usage)))
        .orElseThrow(() -> new NotFoundProblem("There is no usage record with this id."));
  }

  UsageView.SummaryView summary(
      long accountId, Grouping groupBy, OffsetDateTime from, OffsetDateTime to) {
    Grouping groups = groupBy == null ? Grouping.NONE : groupBy;
    OffsetDateTime end = to == null ? time.now().plusSeconds(1) : utc(to);
    OffsetDateTime start = from == null ? end.minusDays(DEFAULT_SUMMARY_DAYS) : utc(from);
    if (!start.isBefore(end) || start.isBefore(EARLIEST) || end.isAfter(LATEST)) {
      throw InvalidInputException.of("from", "must be before to, and both between 2020 and 2100");
    }
    List<UsageView.SummaryRow> rows =
        history.summary(accountId, start, end, groups.byDay(), groups.byService()).stream()
            .map(UsageView.SummaryRow::of)
            .toList();
    return new UsageView.SummaryView(start, end, groups.words(), rows);
  }

  private static OffsetDateTime utc(OffsetDateTime time) {
    return time.withOffsetSameInstant(ZoneOffset.UTC);
  }
}
