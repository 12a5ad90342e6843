package io.quickscale.platform;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Increments of a counter whose server adds them up in a long: when it is full the counter stands
 * still, where it would else become negative.
 */
final class Monotone implements LongConsumer {
  private final AtomicLong total = new AtomicLong();
  private final LongConsumer counter;

  private Monotone(LongConsumer counter) {
    this.counter = counter;
  }

  static LongConsumer of(LongConsumer counter) {
    return new Monotone(counter);
  }

  @Override
  public void accept(long increment) {
    long before = total.getAndUpdate(now -> now + Math.min(increment, Long.MAX_VALUE - now));
    counter.accept(Math.min(increment, Long.MAX_VALUE - before));
  }
}
