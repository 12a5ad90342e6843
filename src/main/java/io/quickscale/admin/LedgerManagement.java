package io.quickscale.admin;

import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.credit.BalanceVerification.Report;
import io.quickscale.credit.Credits;
import io.quickscale.platform.Ids;
import io.quickscale.platform.ManagedResource;
import io.quickscale.platform.ManagedResources;
import io.quickscale.run.HoldWatch;
import io.quickscale.run.RunSweep;
import io.quickscale.run.RunWriter;
import io.quickscale.run.UnsureRuns;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;

/** The ledger and the queue before it. */
@ApplicationScoped
class LedgerManagement implements LedgerMXBean, ManagedResources {
  @EJB HoldWatch holds;
  @Inject RunWriter writer;
  @Inject LedgerVerification verification;
  @EJB RunSweep sweep;
  @EJB UnsureRuns unsure;

  @Override
  public List<ManagedResource<?>> managedResources() {
    return List.of(ManagedResource.of("Ledger", LedgerMXBean.class, this));
  }

  @Override
  public long getOpenHolds() {
    return holds.now().count();
  }

  @Override
  public BigDecimal getHeldCredits() {
    return Credits.decimal(holds.now().micros());
  }

  @Override
  public int getQueueLength() {
    return writer.waiting();
  }

  @Override
  public int getQueueCapacity() {
    return writer.capacity();
  }

  @Override
  public int getWriters() {
    return writer.writers();
  }

  @Override
  public long getWritingMilliseconds() {
    return writer.writingFor().toMillis();
  }

  @Override
  public int getLockedAccounts() {
    return writer.lockedAccounts();
  }

  @Override
  public int getUnsureRuns() {
    return unsure.size();
  }

  @Override
  public Verification verify() {
    Report report = verification.verify();
    return new Verification(
        report.isConsistent(),
        report.accountsChecked(),
        report.discrepancies().stream().map(LedgerManagement::view).toList());
  }

  @Override
  public int sweep() {
    return sweep.sweep();
  }

  private static DiscrepancyView view(Discrepancy found) {
    return new DiscrepancyView(
        Ids.format(found.accountId()),
        found.kind(),
        Ids.format(found.id()),
        found.recorded(),
        found.computed());
  }
}
