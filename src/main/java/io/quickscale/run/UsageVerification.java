package io.quickscale.run;

import io.quickscale.credit.BalanceVerification.Discrepancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.List;

/**
 * Compares usage records with their holds: what a run says it cost, whether it is going on, what it
 * says was refunded. Each comparison is one statement, which sees one moment and locks nothing;
 * record and hold are committed together.
 */
@ApplicationScoped
public class UsageVerification {
  @PersistenceContext EntityManager entities;

  /** Records that do not say what their holds say. */
  @Transactional
  public List<Discrepancy> verify() {
    // Plain SQL, since JPQL joins only along relations.
    List<?> rows =
        entities
            .createNativeQuery(
                "select u.account_id, u.id, u.cost_micros - u.refunded_micros,"
                    + " case when h.state = 'SETTLED' then h.charged_micros else 0 end"
                    + " from service_usage u left join credit_hold h on h.id = u.id"
                    + " where u.cost_micros - u.refunded_micros"
                    + " <> case when h.state = 'SETTLED' then h.charged_micros else 0 end"
                    + " or (u.price_micros > 0 and u.status = 'RUNNING')"
                    + " <> (u.price_micros > 0 and coalesce(h.state, '') = 'OPEN')")
            .getResultList();
    return rows.stream().map(row -> discrepancy((Object[]) row)).toList();
  }

  private static Discrepancy discrepancy(Object[] column) {
    return Discrepancy.ofMicros(
        ((Number) column[0]).longValue(),
        "usage_cost",
        ((Number) column[1]).longValue(),
        new BigDecimal(column[2].toString()),
        new BigDecimal(column[3].toString()));
  }
}
