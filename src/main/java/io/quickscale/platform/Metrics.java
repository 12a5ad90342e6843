package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The seam to the server's metrics: everything that QuickScale counts goes through here. */
@ApplicationScoped
public class Metrics {
  @Inject MetricRegistry registry;

  // The registry would make and compare a description and tags for each number.
  private final Map<Series, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Series, Histogram> histograms = new ConcurrentHashMap<>();

  private record Series(String name, List<String> tags) {}

  /**
   * Adds to a counter.
   *
   * @param tags name and value in turn
   */
  public void count(String name, String description, long increment, String... tags) {
    counters
        .computeIfAbsent(
            new Series(name, List.of(tags)),
            series -> registry.counter(metadata(name, description), tags(tags)))
        .inc(increment);
  }

  /**
   * Records one duration, in milliseconds: a server's own timers are not agreed on the unit of
   * their quantiles.
   *
   * @param name ends with {@code _milliseconds}
   */
  public void time(String name, String description, Duration duration, String... tags) {
    histograms
        .computeIfAbsent(
            new Series(name, List.of(tags)),
            series -> registry.histogram(metadata(name, description), tags(tags)))
        .update(duration.toMillis());
  }

  /** Registers a value that is read when somebody looks. */
  public void gauge(String name, String description, LongSupplier value) {
    registry.gauge(metadata(name, description), value::getAsLong);
  }

  private static Metadata metadata(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }

  private static Tag[] tags(String... tags) {
    Tag[] pairs = new Tag[tags.length / 2];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new Tag(tags[2 * i], tags[2 * i + 1]);
    }
    return pairs;
  }
}
