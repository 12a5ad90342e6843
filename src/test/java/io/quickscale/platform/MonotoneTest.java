package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class MonotoneTest {
  private final AtomicLong counter = new AtomicLong();
  private final LongConsumer increments = Monotone.of(counter::addAndGet);

  @Test
  void incrementsAddUp() {
    increments.accept(2);
    increments.accept(0);
    increments.accept(3);

    assertThat(counter).hasValue(5);
  }

  @Test
  void aCounterThatIsFullStandsStill() {
    increments.accept(Long.MAX_VALUE - 1);
    increments.accept(Long.MAX_VALUE);
    increments.accept(1);

    assertThat(counter).hasValue(Long.MAX_VALUE);
  }
}
