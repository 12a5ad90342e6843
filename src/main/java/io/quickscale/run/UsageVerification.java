package io.quickscale.run;

import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.db.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares usage records with the ledger: what a run says it cost and what was given back of it. It
 * is one statement, which sees one moment and locks nothing; a record and its charges are committed
 * together.
 */
@ApplicationScoped
public class UsageVerification {
  /**
   * Runs whose record and whose rows in the ledger differ. Added up, and not joined: the ledger has
   * no index by run, and H2 joins without one by reading all of it for each record.
   */
  private static final String DIFFERENT =
      "select account_id, id, sum(records) as records, sum(cost) as cost,"
          + " sum(refunded) as refunded, sum(charged) as charged, sum(returned) as returned from ("
          + "select account_id, id, 1 as records, cost_micros as cost, refunded_micros as refunded,"
          + " 0 as charged, 0 as returned from service_usage"
          + " union all select account_id, usage_id, 0, 0, 0, -amount_micros, 0"
          + " from credit_transaction where kind = 'CHARGE'"
          + " union all select account_id, usage_id, 0, 0, 0, 0, amount_micros"
          + " from credit_transaction where kind = 'REFUND') parts"
          + " group by account_id, id"
          + " having sum(cost) <> sum(charged) or sum(refunded) <> sum(returned)";

  @Inject Database database;

  /** In micro-credits; wrong sums may be more than one amount can be. */
  private record Sums(
      long accountId,
      long usageId,
      boolean isRecorded,
      BigDecimal cost,
      BigDecimal refunded,
      BigDecimal charged,
      BigDecimal returned) {
    private static Sums read(ResultSet row) throws SQLException {
      return new Sums(
          row.getLong("account_id"),
          row.getLong("id"),
          row.getLong("records") > 0,
          row.getBigDecimal("cost"),
          row.getBigDecimal("refunded"),
          row.getBigDecimal("charged"),
          row.getBigDecimal("returned"));
    }

    private Stream<Discrepancy> discrepancies() {
      Stream<Discrepancy> charge = compared("run_charge", cost, charged);
      // A charge without a record is said once.
      return isRecorded || cost.compareTo(charged) == 0
          ? Stream.concat(
              compared("usage_cost", cost.subtract(refunded), charged.subtract(returned)), charge)
          : charge;
    }

    private Stream<Discrepancy> compared(String kind, BigDecimal recorded, BigDecimal computed) {
      return recorded.compareTo(computed) == 0
          ? Stream.empty()
          : Stream.of(Discrepancy.ofMicros(accountId, kind, usageId, recorded, computed));
    }
  }

  /** Records that do not say what the ledger says, and charges and refunds without a record. */
  @Transactional
  public List<Discrepancy> verify() {
    return database.read(DIFFERENT, Sums::read).stream().flatMap(Sums::discrepancies).toList();
  }
}
