package io.quickscale.run;

import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.db.Unhurried;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares usage records with the ledger: what a run says it cost and what was given back of it.
 * Each comparison is one statement, which sees one moment and locks nothing; a record and its
 * charges are committed together.
 */
@ApplicationScoped
public class UsageVerification {
  @PersistenceContext EntityManager entities;

  /** Records that do not say what the ledger says, and charges without a record. */
  @Transactional
  @Unhurried
  public List<Discrepancy> verify() {
    return Stream.of(
            wrong(
                "usage_cost",
                "u.cost_micros - u.refunded_micros",
                "coalesce(-sum(t.amount_micros), 0)",
                "t.kind in ('CHARGE', 'REFUND')"),
            wrong(
                "run_charge",
                "u.cost_micros",
                "coalesce(-sum(t.amount_micros), 0)",
                "t.kind = 'CHARGE'"),
            chargesWithoutRecord())
        .flatMap(List::stream)
        .toList();
  }

  private List<Discrepancy> wrong(String kind, String recorded, String computed, String rows) {
    return found(
        kind,
        "select u.account_id, u.id, %s, %s from service_usage u left join credit_transaction t on t.usage_id = u.id and %s group by u.account_id, u.id, u.cost_micros, u.refunded_micros having %s <> %s"
            .formatted(recorded, computed, rows, recorded, computed));
  }

  private List<Discrepancy> chargesWithoutRecord() {
    return found(
        "run_charge",
        "select t.account_id, t.usage_id, 0, -sum(t.amount_micros) from credit_transaction t"
            + " left join service_usage u on u.id = t.usage_id and u.account_id = t.account_id"
            + " where t.kind = 'CHARGE' and u.id is null group by t.account_id, t.usage_id");
  }

  private List<Discrepancy> found(String kind, String sql) {
    // Plain SQL, since JPQL joins only along relations.
    List<?> rows = entities.createNativeQuery(sql).getResultList();
    return rows.stream().map(row -> discrepancy(kind, (Object[]) row)).toList();
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
