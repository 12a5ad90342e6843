package io.quickscale.admin;

import io.quickscale.platform.Description;
import java.math.BigDecimal;
import java.util.List;
import javax.management.MBeanOperationInfo;

/** The ledger as a management console shows it. */
@Description("Credits: what is held for runs, what waits to be written, whether it all adds up")
public interface LedgerMXBean {
  /** What verifying found. */
  record Verification(
      boolean consistent, long accountsChecked, List<DiscrepancyView> discrepancies) {}

  /** Something that does not add up, in credits. */
  record DiscrepancyView(
      String accountId, String kind, String id, BigDecimal recorded, BigDecimal computed) {}

  @Description("Holds of runs that have not ended, on all nodes")
  long getOpenHolds();

  @Description("Credits that these holds have set aside")
  BigDecimal getHeldCredits();

  @Description("Starts and ends of runs that wait to be written on this node")
  int getQueueLength();

  @Description("The most that can wait on this node; more are answered with 503")
  int getQueueCapacity();

  @Description("How many transactions this node writes at a time")
  int getWriters();

  @Description(
      "Milliseconds that the slowest transaction has taken which this node is writing; 0 if none")
  long getWritingMilliseconds();

  @Description("Accounts whose runs this node refuses since somebody else has locked their rows")
  int getLockedAccounts();

  @Description(
      "Runs that the database may have written although their callers were told 503; this node"
          + " looks at them again")
  int getUnsureRuns();

  @Description(
      value = "Recomputes every balance from the ledger; takes its time on a large one",
      impact = MBeanOperationInfo.ACTION_INFO)
  Verification verify();

  @Description(
      "Gives up the runs that are past their deadline now, returns their credits, and tells how"
          + " many there were; each node does it every five seconds in any case")
  int sweep();
}
