package io.quickscale.run;

import io.quickscale.credit.NaiveLedger;
import java.time.OffsetDateTime;
import java.util.Map;

/** What {@link LedgerModel} knows of a run. */
final class RunRecord {
  final Run run;
  OffsetDateTime deadline;
  String status = "RUNNING";
  long cost;
  boolean refunded;

  RunRecord(Run run) {
    this.run = run;
    this.deadline = run.order().deadline();
  }

  boolean isRunning() {
    return status.equals("RUNNING");
  }

  /** What is seen of it: that it goes on, or its record. */
  String fact(NaiveLedger ledger) {
    if (isRunning()) {
      return Facts.open(run.usageId(), deadline.toInstant(), parts(ledger));
    }
    return Facts.run(
        run.usageId(), status, cost, refunded ? cost : 0, cost > 0 ? parts(ledger) : Map.of());
  }

  private Map<Long, Long> parts(NaiveLedger ledger) {
    return run.isFree() ? Map.of() : ledger.parts(run.usageId());
  }
}
