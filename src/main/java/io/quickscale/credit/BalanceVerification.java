package io.quickscale.credit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Recomputes every balance from the ledger and compares: what a grant has left against its
 * transactions, what it holds against the holds of open runs. Locks nothing: whoever runs meanwhile
 * does not wait, and is seen before or after, never half way.
 */
@ApplicationScoped
public class BalanceVerification {
  @Inject AccountVerification accounts;

  /** Something that does not add up. Amounts in credits; a wrong sum can be any number. */
  public record Discrepancy(
      long accountId, String kind, long id, BigDecimal recorded, BigDecimal computed) {
    /** Of sums in micro-credits. */
    public static Discrepancy ofMicros(
        long accountId, String kind, long id, BigDecimal recorded, BigDecimal computed) {
      return new Discrepancy(
          accountId, kind, id, Credits.decimal(recorded), Credits.decimal(computed));
    }
  }

  /** What verifying found. */
  public record Report(long accountsChecked, List<Discrepancy> discrepancies) {
    public boolean isConsistent() {
      return discrepancies.isEmpty();
    }
  }

  /**
   * Checks all accounts, a transaction for every few of them; call it outside of one.
   *
   * @param beforeEach is told before each transaction; what it throws ends the verification
   */
  public Report verify(Runnable beforeEach) {
    long checked = 0;
    beforeEach.run();
    List<Discrepancy> discrepancies = new ArrayList<>(accounts.strayRows());
    List<Long> checkedIds = accounts.checkAfter(Long.MIN_VALUE, discrepancies);
    while (!checkedIds.isEmpty()) {
      checked += checkedIds.size();
      beforeEach.run();
      checkedIds = accounts.checkAfter(checkedIds.get(checkedIds.size() - 1), discrepancies);
    }
    return new Report(checked, discrepancies);
  }
}
