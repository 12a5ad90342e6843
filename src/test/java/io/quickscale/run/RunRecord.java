package io.quickscale.run;

import io.quickscale.credit.NaiveLedger;
import java.util.List;
import java.util.Map;

/** What {@link LedgerModel} knows of a run. */
final class RunRecord {
  final Run run;
  String status = "RUNNING";
  long cost;
  boolean refunded;

  RunRecord(Run run) {
    this.run = run;
  }

  boolean isRunning() {
    return status.equals("RUNNING");
  }

  /** What its record says, and its hold if it has one. */
  List<String> facts(NaiveLedger ledger) {
    Map<Long, Long> parts = isRunning() || cost > 0 ? parts(ledger) : Map.of();
    String record =
        Facts.run(run.usageId(), status, cost, refunded ? cost : 0, isRunning() ? Map.of() : parts);
    return run.isFree()
        ? List.of(record)
        : List.of(record, Facts.hold(run.usageId(), holdState(), parts));
  }

  private Map<Long, Long> parts(NaiveLedger ledger) {
    return run.isFree() ? Map.of() : ledger.parts(run.usageId());
  }

  private String holdState() {
    if (cost == 0) {
      return isRunning() ? "OPEN" : "RELEASED";
    }
    return refunded ? "REFUNDED" : "SETTLED";
  }
}
