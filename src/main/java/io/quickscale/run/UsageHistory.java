package io.quickscale.run;

import io.quickscale.credit.CreditTransaction;
import io.quickscale.credit.Credits;
import io.quickscale.db.Database;
import io.quickscale.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The audit trail of an account, by key and never by offset. */
@ApplicationScoped
public class UsageHistory {
  @PersistenceContext EntityManager entities;
  @Inject OpenRuns openRuns;
  @Inject RunFamilies families;
  @Inject Database database;

  /**
   * What runs of one day and service add up to; a part that was not grouped by is empty.
   *
   * @param credits charged and not refunded
   */
  public record Summary(
      Optional<LocalDate> day,
      Optional<String> service,
      long runs,
      long succeeded,
      BigDecimal credits,
      long durationMillis) {}

  /** One record of the account. */
  @Transactional
  public Optional<Usage> find(long accountId, long usageId) {
    return find(usageId).filter(usage -> usage.accountId() == accountId);
  }

  /** One record of any account. */
  @Transactional
  public Optional<Usage> find(long usageId) {
    // In this order: a run that ends between the two looks is found by the second one.
    Optional<Usage> open = openRuns.find(usageId).map(Usage::of);
    return open.or(() -> Optional.ofNullable(entities.find(Usage.class, usageId)));
  }

  /** The runs that a run has ordered, and those that they have ordered, in their order. */
  @Transactional
  public List<InnerRun> within(Usage usage) {
    return families.within(usage.accountId(), usage.id());
  }

  /**
   * An account's records, newest first.
   *
   * @param filter only these records
   * @param limit the most records
   */
  @Transactional
  public List<Usage> list(long accountId, UsageFilter filter, int limit) {
    // In this order: a run that ends between the two looks is found by the second one.
    List<Usage> open =
        filter.status().filter(status -> status != Usage.Status.RUNNING).isPresent()
            ? List.of()
            : openRuns.list(accountId, filter, limit).stream().map(Usage::of).toList();
    List<Usage> ended =
        filter.status().equals(Optional.of(Usage.Status.RUNNING))
            ? List.of()
            : ended(accountId, filter, limit);
    Set<Long> hasEnded = ended.stream().map(Usage::id).collect(Collectors.toSet());
    return Stream.concat(
            open.stream().filter(usage -> !hasEnded.contains(usage.id())), ended.stream())
        .sorted(Comparator.comparing(Usage::id).reversed())
        .limit(limit)
        .toList();
  }

  private List<Usage> ended(long accountId, UsageFilter filter, int limit) {
    return narrowed(
        entities.createQuery(
            "select u from Usage u where u.accountId = :account and u.id >= :from and u.id < :end"
                + conditions(filter)
                + " order by u.id desc",
            Usage.class),
        accountId,
        filter,
        limit);
  }

  /**
   * What an account's runs moved in the ledger, newest first. The rows are read from the newest on,
   * by the ledger's key, and each brings its run by the run's key, until the page is full. (The
   * account is asked for once: asked for of both tables, PostgreSQL expects one row and reads all
   * of the account's.)
   *
   * @param filter only rows with these ids, whose run is so
   * @param limit the most rows
   */
  @Transactional
  public List<CreditTransaction> transactions(long accountId, UsageFilter filter, int limit) {
    return narrowed(
        entities.createQuery(
            "select t from CreditTransaction t, Usage u"
                + " where t.accountId = :account and t.id >= :from and t.id < :end"
                + " and u.id = t.usageId"
                + conditions(filter)
                + " order by t.id desc",
            CreditTransaction.class),
        accountId,
        filter,
        limit);
  }

  private static String conditions(UsageFilter filter) {
    return (filter.service().isPresent() ? " and u.service = :service" : "")
        + (filter.status().isPresent() ? " and u.status = :status" : "");
  }

  private static <T> List<T> narrowed(
      TypedQuery<T> query, long accountId, UsageFilter filter, int limit) {
    filter.service().ifPresent(name -> query.setParameter("service", name));
    filter.status().ifPresent(status -> query.setParameter("status", status));
    return query
        .setParameter("account", accountId)
        .setParameter("from", filter.ids().from())
        .setParameter("end", filter.ids().end())
        .setMaxResults(limit)
        .getResultList();
  }

  /**
   * Sums over an account's records from one moment (inclusive) to another (exclusive).
   *
   * @param byDay one row for each day (UTC)
   * @param byService one row for each service
   */
  @Transactional
  public List<Summary> summary(
      long accountId, OffsetDateTime from, OffsetDateTime to, boolean byDay, boolean byService) {
    List<String> groups = new ArrayList<>();
    if (byDay) {
      groups.add("started_day");
    }
    if (byService) {
      groups.add("service");
    }
    String grouping = String.join(", ", groups);
    // A sum of many amounts may be more than one amount can be: SQL adds in decimal, JPA in longs.
    return database
        .read(
            "select count(*) as runs,"
                + " count(case when status = 'SUCCEEDED' then 1 end) as succeeded,"
                + " sum(cost_micros - refunded_micros) as micros,"
                + " sum(coalesce(duration_ms, 0)) as millis"
                + groups.stream().map(column -> ", " + column).collect(Collectors.joining())
                + " from (select service, status, cost_micros, refunded_micros, duration_ms,"
                + " started_day from service_usage where account_id = ? and id >= ? and id < ?"
                + " union all select service, 'RUNNING', 0, 0, 0,"
                + " cast(floor(extract(epoch from started_at) / 86400) as integer)"
                + " from run_open where account_id = ? and id >= ? and id < ?) runs"
                + (groups.isEmpty() ? "" : " group by " + grouping + " order by " + grouping),
            row -> summary(row, byDay, byService),
            accountId,
            Ids.from(from),
            Ids.from(to),
            accountId,
            Ids.from(from),
            Ids.from(to))
        .stream()
        .filter(summary -> summary.runs() > 0)
        .toList();
  }

  private static Summary summary(ResultSet row, boolean byDay, boolean byService)
      throws SQLException {
    BigDecimal micros = row.getBigDecimal("micros");
    return new Summary(
        byDay ? Optional.of(LocalDate.ofEpochDay(row.getLong("started_day"))) : Optional.empty(),
        byService ? Optional.of(row.getString("service")) : Optional.empty(),
        row.getLong("runs"),
        row.getLong("succeeded"),
        Credits.decimal(micros == null ? BigDecimal.ZERO : micros),
        row.getLong("millis"));
  }
}
