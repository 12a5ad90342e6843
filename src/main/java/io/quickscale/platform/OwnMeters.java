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
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * A registry in the application, with the quantiles that MicroProfile Metrics gives, and the JVM's
 * own numbers.
 */
final class OwnMeters implements Meters {
  private static final double[] QUANTILES = {0.5, 0.75, 0.95, 0.98, 0.99, 0.999};

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
            .publishPercentiles(QUANTILES)
            .register(registry)
        ::record;
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
