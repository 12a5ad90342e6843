package io.quickscale.platform;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The machine's clock; tests put a settable one in its place. */
@Dependent
class SystemClock {
  @Produces
  @Dependent
  Clock clock() {
    return Clock.systemUTC();
  }
}
