package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The audit trail of an account, by key and never by offset. */
@ApplicationScoped
public class UsageHistory {
  @PersistenceContext EntityManager entities;

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
      Credits credits,
      long durationMillis) {}

  /** One record of the account. */
  @Transactional
  public Optional<Usage> find(long accountId, long usageId) {
    return find(usageId).filter(usage -> usage.accountId() == accountId);
  }

  /** One record of any account. */
  @Transactional
  public Optional<Usage> find(long usageId) {
    return Optional.ofNullable(entities.find(Usage.class, usageId));
  }

  /**
   * An account's records, newest first.
   *
   * @param before only records older than this one
   * @param service only records of this service
   * @param limit the most records
   */
  @Transactional
  public List<Usage> list(
      long accountId, Optional<Long> before, Optional<String> service, int limit) {
    TypedQuery<Usage> query =
        entities.createQuery(
            "select u from Usage u where u.accountId = :account and u.id < :before"
                + (service.isPresent() ? " and u.service = :service" : "")
                + " order by u.id desc",
            Usage.class);
    service.ifPresent(name -> query.setParameter("service", name));
    return query
        .setParameter("account", accountId)
        .setParameter("before", before.orElse(Long.MAX_VALUE))
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
    String day = byDay ? "u.startedDay" : "0";
    String service = byService ? "u.service" : "''";
    String groups = byDay && byService ? "u.startedDay, u.service" : byDay ? day : service;
    return entities
        .createQuery(
            "select "
                + day
                + ", "
                + service
                + ", count(u),"
                + " sum(case when u.status = :succeeded then 1 else 0 end),"
                + " sum(u.costMicros - u.refundedMicros), sum(coalesce(u.durationMillis, 0))"
                + " from Usage u where u.accountId = :account and u.id >= :from and u.id < :to"
                + (byDay || byService ? " group by " + groups + " order by " + groups : ""),
            Object[].class)
        .setParameter("succeeded", Usage.Status.SUCCEEDED)
        .setParameter("account", accountId)
        .setParameter("from", Ids.from(from))
        .setParameter("to", Ids.from(to))
        .getResultList()
        .stream()
        .filter(row -> number(row[2]) > 0)
        .map(row -> summary(row, byDay, byService))
        .toList();
  }

  private static Summary summary(Object[] row, boolean byDay, boolean byService) {
    return new Summary(
        byDay ? Optional.of(LocalDate.ofEpochDay(number(row[0]))) : Optional.empty(),
        byService ? Optional.of((String) row[1]) : Optional.empty(),
        number(row[2]),
        number(row[3]),
        Credits.ofMicros(number(row[4])),
        number(row[5]));
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
