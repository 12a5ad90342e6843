package io.quickscale.system;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what the server does on its own time. */
final class Eventually {
  private Eventually() {}

  static void holds(ThrowingRunnable assertion) {
    holds(Duration.ofSeconds(40), assertion);
  }

  /** What holds now goes on to hold. */
  static void stays(Duration duration, ThrowingRunnable assertion) {
    Awaitility.await()
        .during(duration)
        .atMost(duration.multipliedBy(2))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(assertion);
  }

  static void holds(Duration patience, ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(assertion);
  }
}
