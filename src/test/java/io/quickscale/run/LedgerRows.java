package io.quickscale.run;

import io.quickscale.credit.GrantShare;
import io.quickscale.db.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the database really says, to compare with {@link LedgerModel#facts}. */
@ApplicationScoped
class LedgerRows {
  private static final List<String> TABLES =
      List.of(
          "idempotency_record",
          "service_usage",
          "run_open",
          "credit_transaction",
          "credit_grant",
          "credit_account");

  @PersistenceContext EntityManager entities;
  @Inject Database database;

  /**
   * Empties the tables.
   *
   * @param permission a statement that lets this transaction do what is forbidden to others
   */
  @Transactional
  public void delete(Optional<String> permission) {
    permission.ifPresent(sql -> entities.createNativeQuery(sql).executeUpdate());
    TABLES.forEach(table -> entities.createNativeQuery("delete from " + table).executeUpdate());
    // The next story begins earlier than the last one ended.
    database.update(
        "update work_lease set ends_at = timestamp with time zone '1970-01-01 00:00:00+00'");
  }

  /** Adds the record of a run that cost so much, which no ledger knows of. */
  @Transactional
  public void insertRun(long id, long accountId, long micros) {
    database.update(
        "insert into service_usage (id, account_id, user_id, service, status, price_micros,"
            + " cost_micros, refunded_micros, attempts, correlation_id, started_at, started_day)"
            + " values (?, ?, 1, 'dear', 'SUCCEEDED', ?, ?, 0, 1, 'a story', current_timestamp, 0)",
        id,
        accountId,
        micros,
        micros);
  }

  /** Adds a charge for a run that has no record, to a grant that does not exist. */
  @Transactional
  public void insertCharge(long runId, long accountId, long micros) {
    database.update(
        "insert into credit_transaction (id, account_id, grant_id, kind, amount_micros, usage_id,"
            + " created_at) values (?, ?, 1, 'CHARGE', ?, ?, current_timestamp)",
        runId,
        accountId,
        -micros,
        runId);
  }

  /** Everything that the database says. */
  @Transactional
  public Set<String> facts() {
    Set<String> facts = new TreeSet<>();
    facts.addAll(
        database.read(
            "select g.id, g.remaining_micros, g.held_micros, coalesce(sum(t.amount_micros), 0)"
                + " from credit_grant g left join credit_transaction t on t.grant_id = g.id"
                + " group by g.id, g.remaining_micros, g.held_micros",
            row -> Facts.grant(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4))));
    facts.addAll(
        database.read(
            "select id, status, cost_micros, refunded_micros, paid_from from service_usage",
            row ->
                Facts.run(
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    parts(row.getString(5)))));
    facts.addAll(
        database.read(
            "select id, deadline, shares from run_open",
            row ->
                Facts.open(
                    row.getLong(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    parts(row.getString(3)))));
    facts.addAll(
        database.read(
            "select user_id, idem_key, fingerprint, order_id, body from idempotency_record",
            row ->
                Facts.key(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getString(5))));
    return facts;
  }

  private static Map<Long, Long> parts(String shares) {
    Map<Long, Long> parts = new TreeMap<>();
    GrantShare.parse(shares)
        .forEach(share -> parts.merge(share.grantId(), share.credits().micros(), Long::sum));
    return parts;
  }
}
