package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * What customers buy.
 *
 * @param input what each run is asked to do
 * @param pause between the end of a customer's run and the start of the next
 */
record Offer(String service, Supplier<JsonObject> input, Duration pause) {
  /** Costs less than what is held for it; in the WARs of tests alone. As fast as it can be had. */
  static final Offer STEADY =
      new Offer(
          "steady",
          () -> object("milliseconds", ThreadLocalRandom.current().nextInt(20)),
          Duration.ZERO);

  /** Ships with QuickScale. With a pause, so that it leaves room for nodes that start. */
  static final Offer SENTIMENT =
      new Offer(
          "sentiment_analysis",
          () -> object("text", "I love how simple this is!"),
          Duration.ofMillis(250));
}
