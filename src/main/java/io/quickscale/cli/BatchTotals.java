package io.quickscale.cli;

import java.math.BigDecimal;

/** Sums over the results that have been written, those of earlier starts included. */
final class BatchTotals {
  private long succeeded;
  private long failed;
  private BigDecimal credits = BigDecimal.ZERO;

  void add(boolean success, BigDecimal consumed) {
    if (success) {
      succeeded++;
    } else {
      failed++;
    }
    credits = credits.add(consumed);
  }

  long done() {
    return succeeded + failed;
  }

  long succeeded() {
    return succeeded;
  }

  long failed() {
    return failed;
  }

  BigDecimal credits() {
    return credits;
  }
}
