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
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be read of one account: by its user, and by admins for any user. */
@ApplicationScoped
class AccountReader {
  private static final int DEFAULT_SUMMARY_DAYS = 30;
  private static final OffsetDateTime EARLIEST = OffsetDateTime.parse("2020-01-01T00:00:00Z");
  private static final OffsetDateTime LATEST = OffsetDateTime.parse("2100-01-01T00:00:00Z");
  private static final Set<String> GROUPS = Set.of("day", "service");

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

  TransactionCsv transactionsAsCsv(long accountId) {
    return new TransactionCsv(statement, accountId);
  }

  Page<UsageView> usage(long accountId, String service, Paging paging) {
    if (service != null && service.indexOf(0) >= 0) {
      throw InvalidInputException.of("service", "must be the name of a service");
    }
    return paging.page(
        (before, limit) -> history.list(accountId, before, Optional.ofNullable(service), limit),
        Usage::id,
        UsageView::of);
  }

  UsageView usage(long accountId, String id) {
    return history
        .find(accountId, Paging.id(id))
        .map(UsageView::of)
        .orElseThrow(() -> new NotFoundProblem("There is no usage record with this id."));
  }

  UsageView.SummaryView summary(long accountId, String groupBy, String from, String to) {
    List<String> groups = groups(groupBy);
    OffsetDateTime end = to == null ? time.now().plusSeconds(1) : moment("to", to);
    OffsetDateTime start =
        from == null ? end.minusDays(DEFAULT_SUMMARY_DAYS) : moment("from", from);
    if (!start.isBefore(end) || start.isBefore(EARLIEST) || end.isAfter(LATEST)) {
      throw InvalidInputException.of("from", "must be before to, and both between 2020 and 2100");
    }
    List<UsageView.SummaryRow> rows =
        history
            .summary(accountId, start, end, groups.contains("day"), groups.contains("service"))
            .stream()
            .map(UsageView.SummaryRow::of)
            .toList();
    return new UsageView.SummaryView(start, end, groups, rows);
  }

  private static List<String> groups(String groupBy) {
    if (groupBy == null || groupBy.isBlank()) {
      return List.of();
    }
    List<String> groups = List.of(groupBy.split(",")).stream().distinct().toList();
    if (!GROUPS.containsAll(groups)) {
      throw InvalidInputException.of("group_by", "must be day, service, or day,service");
    }
    return groups;
  }

  private static OffsetDateTime moment(String parameter, String text) {
    try {
      return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw InvalidInputException.of(parameter, "must be a time such as 2026-11-22T08:00:00Z");
    }
  }
}
