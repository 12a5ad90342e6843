package io.quickscale.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets all senders wait where the server asks one of them to, and knows since when nothing has got
 * through.
 */
final class Pause {
  private final Duration patience;
  private long until = System.nanoTime();
  private long lastSuccess = System.nanoTime();
  private boolean stopping;

  /**
   * A pause that is over.
   *
   * @param patience how long it is worth waiting while nothing gets through
   */
  Pause(Duration patience) {
    this.patience = patience;
  }

  /** Something got through. */
  synchronized void succeeded() {
    lastSuccess = System.nanoTime();
  }

  /** Lets everybody wait at least so long from now. */
  synchronized void askFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    if (end - until > 0) {
      until = end;
    }
  }

  /** Waits while a pause lasts. */
  synchronized void await() {
    sleepUntil(() -> until);
  }

  /** Waits so long, whatever the others do. */
  synchronized void await(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    sleepUntil(() -> end);
  }

  private void sleepUntil(LongSupplier end) {
    try {
      for (long left = end.getAsLong() - System.nanoTime();
          left > 0 && !stopping;
          left = end.getAsLong() - System.nanoTime()) {
        wait(left / 1_000_000 + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  synchronized boolean isPatienceOver() {
    return System.nanoTime() - lastSuccess > patience.toNanos();
  }

  /** Nobody waits any more. */
  synchronized void stop() {
    stopping = true;
    notifyAll();
  }

  synchronized boolean isStopping() {
    return stopping;
  }
}
