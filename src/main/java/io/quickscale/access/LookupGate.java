package io.quickscale.access;

import io.quickscale.service.ServiceUnavailableException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a few look-ups go on at a time, and a few more wait for their turn, for a while: however
 * many keys are asked for, they take no more of the database's connections and of the server's
 * threads.
 */
final class LookupGate {
  private final Semaphore places;
  private final int maxWaiting;
  private final Duration patience;

  /**
   * @param places how many go on at a time
   * @param maxWaiting about how many wait; more are refused at once
   * @param patience how long one waits before it is refused
   */
  LookupGate(int places, int maxWaiting, Duration patience) {
    this.places = new Semaphore(places, true);
    this.maxWaiting = maxWaiting;
    this.patience = patience;
  }

  /**
   * Does a look-up when it is its turn.
   *
   * @throws ServiceUnavailableException its turn does not come soon enough
   */
  <T> T through(Supplier<T> lookup) {
    enter();
    try {
      return lookup.get();
    } finally {
      places.release();
    }
  }

  private void enter() {
    try {
      // With a time-out, even of nothing, it does not push in before those that wait.
      long wait = places.getQueueLength() < maxWaiting ? patience.toMillis() : 0;
      if (!places.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  static ServiceUnavailableException busy() {
    return new ServiceUnavailableException(
        "Too many API keys are being looked up now to look for yours. Try again in a few seconds.");
  }
}
