package io.quickscale.credit;

import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.db.Database;
import io.quickscale.db.Unhurried;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Verifies a few accounts at a time. Each comparison is one statement: it sees one moment, and what
 * a transaction has written it sees as a whole or not at all. So nothing is locked, and a run that
 * goes on is never taken for a mistake. See {@link BalanceVerification}.
 */
@ApplicationScoped
class AccountVerification {
  private static final int ACCOUNTS_AT_A_TIME = 200;

  private static final String OF_ACCOUNTS = " where account_id = any(cast(? as bigint array))";

  /** What grants say of themselves, what the ledger says of them, and what is set aside. */
  private static final String ROWS =
      "select 'GRANT' as kind, account_id, id, remaining_micros, held_micros,"
          + " cast(null as varchar) as shares from credit_grant"
          + OF_ACCOUNTS
          + " union all select 'MOVED', account_id, grant_id, sum(amount_micros), 0,"
          + " cast(null as varchar) from credit_transaction"
          + OF_ACCOUNTS
          + " group by account_id, grant_id"
          + " union all select 'HOLD', account_id, id, price_micros, 0, shares from run_open"
          + OF_ACCOUNTS
          + " order by account_id, id";

  @PersistenceContext EntityManager entities;
  @Inject Database database;

  private record Row(
      String kind, long accountId, long id, BigDecimal micros, BigDecimal held, String shares) {
    boolean is(String other) {
      return kind.equals(other);
    }
  }

  /** Checks the next few accounts behind one and returns their ids. */
  @Transactional
  @Unhurried
  public List<Long> checkAfter(long accountId, List<Discrepancy> discrepancies) {
    List<Long> accountIds =
        database.read(
            "select id from credit_account where id > ? order by id fetch first ? rows only",
            row -> row.getLong(1),
            accountId,
            ACCOUNTS_AT_A_TIME);
    if (!accountIds.isEmpty()) {
      checkGrants(accountIds, discrepancies);
    }
    return accountIds;
  }

  private void checkGrants(List<Long> accountIds, List<Discrepancy> discrepancies) {
    List<Row> rows =
        database.read(
            ROWS,
            row ->
                // Sums in decimal, where JPA would add in longs: they may be as wrong as can be.
                new Row(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getBigDecimal(4),
                    row.getBigDecimal(5),
                    row.getString(6)),
            accountIds,
            accountIds,
            accountIds);
    Map<Long, BigDecimal> moved = new HashMap<>();
    rows.stream()
        .filter(row -> row.is("MOVED"))
        .forEach(row -> moved.merge(row.id(), row.micros(), BigDecimal::add));
    Map<Long, BigDecimal> held = heldByGrant(rows);
    for (Row grant : rows) {
      if (grant.is("GRANT")) {
        BigDecimal left = grant.micros().add(grant.held());
        compare(grant, "grant_balance", left, moved, discrepancies);
        compare(grant, "grant_held", grant.held(), held, discrepancies);
      }
    }
  }

  private static Map<Long, BigDecimal> heldByGrant(List<Row> rows) {
    Map<Long, BigDecimal> held = new HashMap<>();
    rows.stream()
        .filter(row -> row.is("HOLD"))
        .flatMap(row -> GrantShare.parse(row.shares()).stream())
        .forEach(
            share ->
                held.merge(
                    share.grantId(),
                    BigDecimal.valueOf(share.credits().micros()),
                    BigDecimal::add));
    return held;
  }

  private static void compare(
      Row grant,
      String kind,
      BigDecimal recorded,
      Map<Long, BigDecimal> sums,
      List<Discrepancy> found) {
    BigDecimal computed = sums.getOrDefault(grant.id(), BigDecimal.ZERO);
    if (recorded.compareTo(computed) != 0) {
      found.add(Discrepancy.ofMicros(grant.accountId(), kind, grant.id(), recorded, computed));
    }
  }

  /** Rows of the ledger, in sums, whose grant does not exist; one statement as well. */
  @Transactional
  @Unhurried
  public List<Discrepancy> strayRows() {
    List<?> rows =
        entities
            .createNativeQuery(
                "select t.account_id, t.grant_id, 0, sum(t.amount_micros)"
                    + " from credit_transaction t left join credit_grant g"
                    + " on g.id = t.grant_id and g.account_id = t.account_id"
                    + " where g.id is null group by t.account_id, t.grant_id")
            .getResultList();
    return rows.stream().map(row -> discrepancy("missing_grant", (Object[]) row)).toList();
  }

  private static Discrepancy discrepancy(String kind, Object[] column) {
    return Discrepancy.ofMicros(
        ((Number) column[0]).longValue(),
        kind,
        ((Number) column[1]).longValue(),
        new BigDecimal(column[2].toString()),
        new BigDecimal(column[3].toString()));
  }
}
