package io.quickscale.run;

import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.db.Database;
import io.quickscale.db.Unhurried;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.List;

/**
 * Compares usage records with the ledger: what a run says it cost and what was given back of it,
 * charges without a record included. Goes by a few accounts at a time, each with one statement,
 * which sees one moment and locks nothing; a record and its charges are committed together.
 */
@ApplicationScoped
public class UsageVerification {
  private static final int ACCOUNTS_AT_A_TIME = 200;

  private static final String OF_ACCOUNTS = " account_id = any(cast(? as bigint array))";

  /** Summed run by run, and not joined, so that each row is looked at once on any database. */
  private static final String WRONG =
      "select account_id, id, sum(cost), sum(refunded), sum(charged), sum(given_back) from ("
          + "select account_id, id, cost_micros as cost, refunded_micros as refunded,"
          + " 0 as charged, 0 as given_back from service_usage where"
          + OF_ACCOUNTS
          + " union all select account_id, usage_id, 0, 0,"
          + " case when kind = 'CHARGE' then -amount_micros else 0 end,"
          + " case when kind = 'REFUND' then amount_micros else 0 end"
          + " from credit_transaction where usage_id is not null and"
          + OF_ACCOUNTS
          + ") runs group by account_id, id"
          + " having sum(cost) <> sum(charged) or sum(refunded) <> sum(given_back)"
          + " order by account_id, id";

  @Inject Database database;

  private record Sums(
      long accountId,
      long usageId,
      BigDecimal cost,
      BigDecimal refunded,
      BigDecimal charged,
      BigDecimal givenBack) {
    Discrepancy discrepancy() {
      BigDecimal recorded = cost.subtract(refunded);
      BigDecimal computed = charged.subtract(givenBack);
      return recorded.compareTo(computed) != 0
          ? Discrepancy.ofMicros(accountId, "usage_cost", usageId, recorded, computed)
          : Discrepancy.ofMicros(accountId, "run_charge", usageId, cost, charged);
    }
  }

  /**
   * Checks the runs of the next few accounts behind one and returns the accounts' ids.
   *
   * @param discrepancies takes what is found
   */
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
      wrong(accountIds).forEach(sums -> discrepancies.add(sums.discrepancy()));
    }
    return accountIds;
  }

  private List<Sums> wrong(List<Long> accountIds) {
    return database.read(
        WRONG,
        row ->
            new Sums(
                row.getLong(1),
                row.getLong(2),
                row.getBigDecimal(3),
                row.getBigDecimal(4),
                row.getBigDecimal(5),
                row.getBigDecimal(6)),
        accountIds,
        accountIds);
  }
}
