package io.quickscale.credit;

import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.db.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Verifies a few accounts at a time, in a transaction that locks them. See {@link
 * BalanceVerification}.
 */
@ApplicationScoped
class AccountVerification {
  private static final int ACCOUNTS_AT_A_TIME = 200;

  @PersistenceContext EntityManager entities;
  @Inject LedgerTables tables;
  @Inject Database database;

  /** Checks the next few accounts behind one and returns their ids. */
  @Transactional
  public List<Long> checkAfter(long accountId, List<Discrepancy> discrepancies) {
    List<Long> accountIds =
        entities
            .createQuery(
                "select a from CreditAccount a where a.id > :after order by a.id",
                CreditAccount.class)
            .setParameter("after", accountId)
            .setMaxResults(ACCOUNTS_AT_A_TIME)
            .getResultList()
            .stream()
            .map(CreditAccount::id)
            .toList();
    if (!accountIds.isEmpty()) {
      checkGrants(accountIds, discrepancies);
    }
    return accountIds;
  }

  private void checkGrants(List<Long> accountIds, List<Discrepancy> discrepancies) {
    // Whoever moves a grant locks it first: from here on these stand still.
    List<CreditGrant> grants =
        entities
            .createQuery(
                "select g from CreditGrant g where g.accountId in :accounts order by g.id",
                CreditGrant.class)
            .setParameter("accounts", accountIds)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList();
    Map<Long, BigDecimal> moved = movedByGrant(accountIds);
    Map<Long, BigDecimal> held = heldByGrant(accountIds);
    for (CreditGrant grant : grants) {
      BigDecimal heldNow = BigDecimal.valueOf(grant.held().micros());
      BigDecimal left = BigDecimal.valueOf(grant.remaining().micros()).add(heldNow);
      compare(grant, "grant_balance", left, moved, discrepancies);
      compare(grant, "grant_held", heldNow, held, discrepancies);
    }
  }

  private static void compare(
      CreditGrant grant,
      String kind,
      BigDecimal recorded,
      Map<Long, BigDecimal> sums,
      List<Discrepancy> found) {
    BigDecimal computed = sums.getOrDefault(grant.id(), BigDecimal.ZERO);
    if (recorded.compareTo(computed) != 0) {
      found.add(Discrepancy.ofMicros(grant.accountId(), kind, grant.id(), recorded, computed));
    }
  }

  /**
   * By SQL, which adds in decimal, where JPA would in longs: the rows may be as wrong as can be.
   */
  private Map<Long, BigDecimal> movedByGrant(List<Long> accountIds) {
    Map<Long, BigDecimal> moved = new HashMap<>();
    database.read(
        "select grant_id, sum(amount_micros) from credit_transaction"
            + " where account_id = any(cast(? as bigint array)) group by grant_id",
        row -> moved.put(row.getLong(1), row.getBigDecimal(2)),
        accountIds);
    return moved;
  }

  private Map<Long, BigDecimal> heldByGrant(List<Long> accountIds) {
    Map<Long, BigDecimal> held = new HashMap<>();
    tables
        .openShares(accountIds)
        .forEach(
            share ->
                held.merge(
                    share.grantId(),
                    BigDecimal.valueOf(share.credits().micros()),
                    BigDecimal::add));
    return held;
  }

  /**
   * Compares what runs were charged with the charges in the ledger, over all accounts: one
   * statement, which sees one moment and locks nothing; a hold and its charges are committed
   * together.
   */
  @Transactional
  public List<Discrepancy> wrongCharges() {
    // Plain SQL, since JPQL joins only along relations.
    List<?> rows =
        entities
            .createNativeQuery(
                "select h.account_id, h.id, h.charged_micros, coalesce(-sum(t.amount_micros), 0)"
                    + " from credit_hold h left join credit_transaction t"
                    + " on t.usage_id = h.id and t.kind = 'CHARGE'"
                    + " group by h.account_id, h.id, h.charged_micros"
                    + " having h.charged_micros <> coalesce(-sum(t.amount_micros), 0)")
            .getResultList();
    return rows.stream().map(row -> discrepancy("run_charge", (Object[]) row)).toList();
  }

  /** Rows of the ledger, in sums, whose grant does not exist; one statement as well. */
  @Transactional
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
