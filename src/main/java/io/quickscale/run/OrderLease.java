package io.quickscale.run;

import io.quickscale.platform.Time;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * Gives an order of many more time whenever a run of it begins, so that each run has as long as a
 * run by itself. A run that takes longer is given up, as any is; then nothing extends the order.
 */
final class OrderLease {
  private final Order order;
  private final Duration patience;
  private final Time time;
  private final RunWriter writer;
  private OffsetDateTime deadline;

  /**
   * @param patience after how long a run is given up
   */
  OrderLease(Order order, Duration patience, Time time, RunWriter writer) {
    this.order = order;
    this.patience = patience;
    this.time = time;
    this.writer = writer;
    this.deadline = order.deadline();
  }

  /** How long an order lasts from now on: some more than a run, so that not each one extends it. */
  static Duration length(Duration patience) {
    return patience.plus(patience.dividedBy(3));
  }

  /** A run begins. */
  void begin() {
    OffsetDateTime next = time.now().plus(length(patience));
    synchronized (this) {
      if (!deadline.isBefore(time.now().plus(patience))) {
        return;
      }
      deadline = next;
    }
    writer.extend(new RunCommand.Extend(order.user().accountId(), order.id(), next));
  }
}
