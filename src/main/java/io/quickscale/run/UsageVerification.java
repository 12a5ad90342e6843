package io.quickscale.run;

import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.db.Database;
import io.quickscale.db.Unhurried;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares usage records with the ledger: what a run says it cost and what was given back of it,
 * charges without a record included. Goes by a few accounts at a time and locks nothing; a record
 * and its charges are committed together.
 */
@ApplicationScoped
public class UsageVerification {
  private static final int ACCOUNTS_AT_A_TIME = 200;

  private static final String OF_ACCOUNTS = " account_id = any(cast(? as bigint array))";

  /** Summed run by run, and not joined, so that each row is looked at once on any database. */
  private static final String SUSPECTS =
      "select account_id, id, sum(records), sum(cost), sum(refunded), sum(charged), sum(given_back)"
          + " from (select account_id, id, 1 as records, cost_micros as cost,"
          + " refunded_micros as refunded, 0 as charged, 0 as given_back from service_usage where"
          + OF_ACCOUNTS
          + " union all select account_id, usage_id, 0, 0, 0,"
          + " case when kind = 'CHARGE' then -amount_micros else 0 end,"
          + " case when kind = 'REFUND' then amount_micros else 0 end"
          + " from credit_transaction where usage_id is not null and"
          + OF_ACCOUNTS
          + ") runs group by account_id, id"
          + " having sum(cost) <> sum(charged) or sum(refunded) <> sum(given_back)"
          + " order by account_id, id";

  /**
   * One run again, as a union that is no part of another statement: only so does H2 see both tables
   * at one moment.
   */
  private static final String ONE_RUN =
      "select account_id, id, 1, cost_micros, refunded_micros, 0, 0 from service_usage"
          + " where account_id = ? and id = ?"
          + " union all select account_id, usage_id, 0, 0, 0,"
          + " case when kind = 'CHARGE' then -amount_micros else 0 end,"
          + " case when kind = 'REFUND' then amount_micros else 0 end"
          + " from credit_transaction where account_id = ? and usage_id = ?";

  @Inject Database database;

  private record Sums(
      long accountId,
      long usageId,
      boolean isRecorded,
      BigDecimal cost,
      BigDecimal refunded,
      BigDecimal charged,
      BigDecimal givenBack) {
    private static Sums read(ResultSet row) throws SQLException {
      return new Sums(
          row.getLong(1),
          row.getLong(2),
          row.getLong(3) > 0,
          row.getBigDecimal(4),
          row.getBigDecimal(5),
          row.getBigDecimal(6),
          row.getBigDecimal(7));
    }

    private Sums plus(Sums other) {
      return new Sums(
          accountId,
          usageId,
          isRecorded || other.isRecorded,
          cost.add(other.cost),
          refunded.add(other.refunded),
          charged.add(other.charged),
          givenBack.add(other.givenBack));
    }

    /** A charge or a refund of no record is no wrong record. */
    Stream<Discrepancy> discrepancies() {
      Stream<Discrepancy> ofCharge =
          cost.compareTo(charged) == 0 ? Stream.empty() : found("run_charge", cost, charged);
      BigDecimal net = cost.subtract(refunded);
      BigDecimal netCharged = charged.subtract(givenBack);
      boolean isWrong = isRecorded || cost.compareTo(charged) == 0;
      return isWrong && net.compareTo(netCharged) != 0
          ? Stream.concat(found("usage_cost", net, netCharged), ofCharge)
          : ofCharge;
    }

    private Stream<Discrepancy> found(String kind, BigDecimal recorded, BigDecimal computed) {
      return Stream.of(Discrepancy.ofMicros(accountId, kind, usageId, recorded, computed));
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
      suspects(accountIds).stream()
          .map(this::again)
          .flatMap(Sums::discrepancies)
          .forEach(discrepancies::add);
    }
    return accountIds;
  }

  private List<Sums> suspects(List<Long> accountIds) {
    return database.read(SUSPECTS, Sums::read, accountIds, accountIds);
  }

  private Sums again(Sums suspect) {
    return database
        .read(
            ONE_RUN,
            Sums::read,
            suspect.accountId(),
            suspect.usageId(),
            suspect.accountId(),
            suspect.usageId())
        .stream()
        .reduce(Sums::plus)
        .orElse(suspect);
  }
}
