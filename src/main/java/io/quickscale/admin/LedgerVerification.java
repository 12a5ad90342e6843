package io.quickscale.admin;

import io.quickscale.credit.LedgerAudit;
import io.quickscale.credit.LedgerAudit.Discrepancy;
import io.quickscale.credit.LedgerAudit.Report;
import io.quickscale.run.UsageAudit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * Recomputes everything that can be recomputed: the ledger in itself, and the usage records against
 * it.
 */
@ApplicationScoped
public class LedgerVerification {
  @Inject LedgerAudit ledger;
  @Inject UsageAudit usage;

  /** Looks at everything; call it outside of a transaction. */
  public Report verify() {
    Report report = ledger.verify();
    List<Discrepancy> discrepancies = new ArrayList<>(report.discrepancies());
    discrepancies.addAll(usage.verify());
    return new Report(report.accountsChecked(), discrepancies);
  }
}
