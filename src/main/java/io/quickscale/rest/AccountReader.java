package io.quickscale.rest;

import io.quickscale.credit.CreditStatement;
import io.quickscale.credit.CreditTransaction;
import io.quickscale.platform.Time;
import io.quickscale.problem.NotFoundProblem;
import io.quickscale.run.Usage;
import io.quickscale.run.UsageHistory;
import io.quickscale.service.InvalidInputException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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

  Page<TransactionView> transactions(long accountId, Paging paging) {
    return paging.page(
        (before, limit) -> statement.transactions(accountId, before, limit),
        CreditTransaction::id,
        TransactionView::of);
  }

  /** From the cursor on; all if there is no limit. */
  TransactionCsv transactionsAsCsv(long accountId, Cursor cursor, Limit limit) {
    return new TransactionCsv(
        statement,
        accountId,
        Optional.ofNullable(cursor).map(Cursor::id),
        limit == null ? Long.MAX_VALUE : limit.rows());
  }

  Page<UsageView> usage(long accountId, ServiceFilter service, Paging paging) {
    Optional<String> name = Optional.ofNullable(service).map(ServiceFilter::name);
    return paging.page(
        (before, limit) -> history.list(accountId, before, name, limit), Usage::id, UsageView::of);
  }

  UsageView usage(long accountId, String id) {
    return history
        .find(accountId, Paging.id(id))
        .map(usage -> UsageView.of(usage, history.within(usage.id())))
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
