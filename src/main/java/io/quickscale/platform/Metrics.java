package io.quickscale.platform;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Everything that QuickScale counts goes through here: to MicroProfile Metrics where the server has
 * it, to a registry of our own where it has not (WildFly).
 */
@ApplicationScoped
public class Metrics {
  @Inject
  @ConfigProperty(name = "mp.metrics.distribution.histogram.buckets")
  Optional<String> buckets;

  // Not CDI.current(): asked first on a thread of the server's own, it would never find a container
  // again.
  @Inject BeanManager beans;

  private Meters meters;

  // Making a meter's description and tags for each number would cost more than the number.
  private final Map<Series, LongConsumer> counters = new ConcurrentHashMap<>();
  private final Map<Series, LongConsumer> histograms = new ConcurrentHashMap<>();

  private record Series(String name, List<String> tags) {}

  @PostConstruct
  void choose() {
    meters =
        MicroProfileMeters.offered()
            ? MicroProfileMeters.ofServer(beans)
            : new OwnMeters(buckets.orElse(""));
  }

  /**
   * Adds to a counter.
   *
   * @param tags name and value in turn
   */
  public void count(String name, String description, long increment, String... tags) {
    counters
        .computeIfAbsent(
            new Series(name, List.of(tags)), series -> meters.counter(name, description, tags))
        .accept(increment);
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
            new Series(name, List.of(tags)), series -> meters.histogram(name, description, tags))
        .accept(duration.toMillis());
  }

  /** Registers a value that is read when somebody looks. */
  public void gauge(String name, String description, LongSupplier value) {
    meters.gauge(name, description, value);
  }

  /**
   * All numbers in Prometheus' text format 0.0.4, for {@code /metrics}; empty where the server
   * answers there by itself.
   */
  public Optional<String> exposition() {
    return meters.exposition();
  }
}
