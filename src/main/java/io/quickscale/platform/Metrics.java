package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** The seam to the server's metrics: everything that QuickScale counts goes through here. */
@ApplicationScoped
public class Metrics {
  @Inject MetricRegistry registry;

  /**
   * Adds to a counter.
   *
   * @param tags name and value in turn
   */
  public void count(String name, String description, long increment, String... tags) {
    registry
        .counter(Metadata.builder().withName(name).withDescription(description).build(), tags(tags))
        .inc(increment);
  }

  /** Records one duration. */
  public void time(String name, String description, Duration duration, String... tags) {
    registry
        .timer(
            Metadata.builder()
                .withName(name)
                .withDescription(description)
                .withUnit(MetricUnits.SECONDS)
                .build(),
            tags(tags))
        .update(duration);
  }

  /** Registers a value that is read when somebody looks. */
  public void gauge(String name, String description, LongSupplier value) {
    registry.gauge(
        Metadata.builder().withName(name).withDescription(description).build(), value::getAsLong);
  }

  private static Tag[] tags(String... tags) {
    Tag[] pairs = new Tag[tags.length / 2];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new Tag(tags[2 * i], tags[2 * i + 1]);
    }
    return pairs;
  }
}
