package io.quickscale.admin;

import io.quickscale.credit.BalanceVerification;
import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.credit.BalanceVerification.Report;
import io.quickscale.platform.Metrics;
import io.quickscale.platform.Time;
import io.quickscale.run.UsageVerification;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Recomputes everything that can be recomputed: the ledger in itself, and the usage records against
 * it.
 */
@ApplicationScoped
public class LedgerVerification {
  @Inject BalanceVerification ledger;
  @Inject UsageVerification usage;
  @Inject Metrics metrics;
  @Inject Time time;

  private final AtomicLong discrepancies = new AtomicLong();
  private final AtomicLong verifiedAt = new AtomicLong();

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    // Observing makes the container create this bean, and with it the gauges, before the first use.
  }

  @PostConstruct
  void registerGauges() {
    metrics.gauge(
        "quickscale_ledger_discrepancies",
        "What did not add up when the ledger was last verified on this node; 0 before that",
        discrepancies::get);
    metrics.gauge(
        "quickscale_ledger_verified_timestamp_seconds",
        "When the ledger was last verified on this node, in Unix time; 0 before that",
        verifiedAt::get);
  }

  /** Looks at everything; call it outside of a transaction. */
  public Report verify() {
    Report report = ledger.verify();
    List<Discrepancy> found = new ArrayList<>(report.discrepancies());
    found.addAll(usage.verify());
    discrepancies.set(found.size());
    verifiedAt.set(time.now().toEpochSecond());
    return new Report(report.accountsChecked(), found);
  }
}
