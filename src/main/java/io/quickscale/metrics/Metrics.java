package io.quickscale.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quickscale.metrics.Metric.Kind;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.Config;

/**
 * Counts what the table {@link Metric} has, in a registry of the application's own, so that it is
 * the same on every server.
 */
@ApplicationScoped
public class Metrics {
  /** Upper bounds of the buckets of durations, in milliseconds. */
  static final String DURATION_BUCKETS = "quickscale.metrics.run-duration-buckets";

  private static final String DEFAULT_BUCKETS =
      "5,10,25,50,100,250,500,1000,2500,5000,10000,30000,60000,120000";

  @Inject Config config;

  private PrometheusMeterRegistry registry;
  private final Map<Metric, MeterProvider<Counter>> counters = new EnumMap<>(Metric.class);
  private final Map<Metric, MeterProvider<DistributionSummary>> histograms =
      new EnumMap<>(Metric.class);

  @PostConstruct
  void declare() {
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    double[] buckets =
        Buckets.of(
            DURATION_BUCKETS,
            config.getOptionalValue(DURATION_BUCKETS, String.class).orElse(DEFAULT_BUCKETS));
    for (Metric metric : Metric.values()) {
      switch (metric.kind()) {
        case COUNTER -> counters.put(metric, counter(metric));
        case HISTOGRAM -> histograms.put(metric, histogram(metric, buckets));
        case GAUGE -> {
          // Whoever knows its value registers it.
        }
      }
    }
    // Without labels there is but one series: there from the start, so that the first increment is
    // seen as a change.
    counters.keySet().stream().filter(m -> m.labels().isEmpty()).forEach(m -> add(m, 0));
    new JvmMetrics().bindTo(registry);
  }

  /**
   * Adds one to a counter.
   *
   * @param labels the values of its labels, in the order of the table
   */
  public void increment(Metric counter, String... labels) {
    add(counter, 1, labels);
  }

  /**
   * Adds to a counter.
   *
   * @param increment not negative
   * @param labels the values of its labels, in the order of the table
   */
  public void add(Metric counter, long increment, String... labels) {
    must(Kind.COUNTER, counter);
    counters.get(counter).withTags(counter.tags(labels)).increment(increment);
  }

  /**
   * Records one duration, in milliseconds, in a histogram.
   *
   * @param labels the values of its labels, in the order of the table
   */
  public void record(Metric histogram, Duration duration, String... labels) {
    must(Kind.HISTOGRAM, histogram);
    histograms.get(histogram).withTags(histogram.tags(labels)).record(duration.toMillis());
  }

  /** Says where the value of a gauge is; it is read when somebody looks. */
  public void register(Metric gauge, LongSupplier value) {
    must(Kind.GAUGE, gauge);
    Gauge.builder(gauge.title(), value::getAsLong).description(gauge.help()).register(registry);
  }

  /** Everything that is counted, in Prometheus' text format 0.0.4. */
  public String exposition() {
    return registry.scrape();
  }

  /** For what authors of services count: it is on the same page. */
  @Produces
  MeterRegistry registry() {
    return registry;
  }

  private MeterProvider<Counter> counter(Metric metric) {
    return Counter.builder(metric.title()).description(metric.help()).withRegistry(registry);
  }

  private MeterProvider<DistributionSummary> histogram(Metric metric, double[] buckets) {
    return DistributionSummary.builder(metric.title())
        .description(metric.help())
        .serviceLevelObjectives(buckets)
        .withRegistry(registry);
  }

  private static void must(Kind kind, Metric metric) {
    if (metric.kind() != kind) {
      throw new IllegalArgumentException(metric.title() + " is a " + metric.kind());
    }
  }
}
