package io.quickscale.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * A registry in the application, with the buckets that MicroProfile Metrics is configured to have,
 * and the JVM's own numbers.
 */
final class OwnMeters implements Meters {
  /** {@code name=1,5,10;other=…}, as MicroProfile Metrics 5.1 defines it. */
  private static final String BUCKETS = "mp.metrics.distribution.histogram.buckets";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  OwnMeters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  @Override
  public LongConsumer counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry)::increment;
  }

  @Override
  public LongConsumer histogram(String name, String description, String... tags) {
    return DistributionSummary.builder(name)
            .description(description)
            .tags(tags)
            .serviceLevelObjectives(buckets(name))
            .register(registry)
        ::record;
  }

  private static double[] buckets(String name) {
    String configured =
        ConfigProvider.getConfig().getOptionalValue(BUCKETS, String.class).orElse("");
    return Arrays.stream(configured.split(";"))
        .map(metric -> metric.split("="))
        .filter(metric -> metric.length == 2 && metric[0].trim().equals(name))
        .flatMapToDouble(
            metric -> Arrays.stream(metric[1].split(",")).mapToDouble(Double::parseDouble))
        .toArray();
  }

  @Override
  public void gauge(String name, String description, LongSupplier value) {
    Gauge.builder(name, value::getAsLong).description(description).register(registry);
  }

  @Override
  public Optional<String> exposition() {
    return Optional.of(registry.scrape());
  }
}
