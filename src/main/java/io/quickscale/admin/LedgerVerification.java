package io.quickscale.admin;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.quickscale.credit.BalanceVerification;
import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.credit.BalanceVerification.Report;
import io.quickscale.metrics.Metric;
import io.quickscale.metrics.Metrics;
import io.quickscale.platform.Leases;
import io.quickscale.platform.Leases.Lease;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.run.UsageVerification;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Recomputes everything that can be recomputed: the ledger in itself, and the usage records against
 * it.
 */
@ApplicationScoped
public class LedgerVerification {
  private static final String LEASE = "ledger-verification";
  private static final Duration LEASE_LENGTH = Duration.ofMinutes(5);

  @Inject BalanceVerification ledger;
  @Inject UsageVerification usage;
  @Inject Leases leases;
  @Inject Metrics metrics;
  @Inject Time time;

  private final AtomicLong discrepancies = new AtomicLong();
  private final AtomicLong verifiedAt = new AtomicLong();

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    // Observing makes the container create this bean, and with it the gauges, before the first use.
  }

  @PostConstruct
  void registerGauges() {
    metrics.register(Metric.LEDGER_DISCREPANCIES, discrepancies::get);
    metrics.register(Metric.LEDGER_VERIFIED, verifiedAt::get);
  }

  /**
   * Looks at everything, once at a time over all nodes; call it outside of a transaction.
   *
   * @throws ConflictProblem it is going on already
   */
  public Report verify() {
    Lease lease = leases.take(LEASE, LEASE_LENGTH).orElseThrow(this::goingOn);
    try {
      return verify(lease);
    } finally {
      leases.release(lease);
    }
  }

  private Report verify(Lease lease) {
    Report report = ledger.verify(() -> goOn(lease));
    List<Discrepancy> found = new ArrayList<>(report.discrepancies());
    checkRuns(lease, found);
    discrepancies.set(found.size());
    verifiedAt.set(time.now().toEpochSecond());
    return new Report(report.accountsChecked(), found);
  }

  private void checkRuns(Lease lease, List<Discrepancy> found) {
    List<Long> checked = List.of(Long.MIN_VALUE);
    while (!checked.isEmpty()) {
      goOn(lease);
      checked = usage.checkAfter(checked.get(checked.size() - 1), found);
    }
  }

  private void goOn(Lease lease) {
    if (!leases.extend(lease)) {
      throw new ConflictProblem(
          "The verification stood still for %d minutes, and another one has begun. Ask again when that has ended."
              .formatted(LEASE_LENGTH.toMinutes()));
    }
  }

  private ConflictProblem goingOn() {
    return new ConflictProblem(
        "The ledger is being verified already, since %s. Ask again when that has ended; should its node have died, in %d minutes at the latest."
            .formatted(leases.takenAt(LEASE).truncatedTo(SECONDS), LEASE_LENGTH.toMinutes()));
  }
}
