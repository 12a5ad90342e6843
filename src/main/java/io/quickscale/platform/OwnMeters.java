package io.quickscale.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * A registry in the application, with the buckets that MicroProfile Metrics is configured to have,
 * and with its base metrics of the JVM under their names there: one dashboard serves all servers.
 */
final class OwnMeters implements Meters {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final String buckets;

  /**
   * @param buckets of distributions, {@code name=1,5,10;other=…}, as MicroProfile Metrics 5.1 has
   *     it in {@code mp.metrics.distribution.histogram.buckets}
   */
  OwnMeters(String buckets) {
    this.buckets = buckets;
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    gauge("memory_usedHeap_bytes", "Heap in use", () -> memory.getHeapMemoryUsage().getUsed());
    gauge(
        "memory_committedHeap_bytes",
        "Heap that the JVM has from the system",
        () -> memory.getHeapMemoryUsage().getCommitted());
    gauge(
        "memory_maxHeap_bytes",
        "The most heap that the JVM takes; -1 if undefined",
        () -> memory.getHeapMemoryUsage().getMax());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    gauge("thread_count", "Live threads", threads::getThreadCount);
    gauge(
        "thread_max_count",
        "The most threads that were live at a time",
        threads::getPeakThreadCount);
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    gauge("cpu_availableProcessors", "Processors of the JVM", system::getAvailableProcessors);
    Gauge.builder("cpu_systemLoadAverage", system::getSystemLoadAverage)
        .description("The system's load average of the last minute; negative if unknown")
        .register(registry);
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    Gauge.builder("jvm_uptime_seconds", () -> runtime.getUptime() / 1000.0)
        .description("Time since the JVM has started")
        .register(registry);
    ManagementFactory.getGarbageCollectorMXBeans().forEach(this::garbageCollector);
  }

  private void garbageCollector(GarbageCollectorMXBean collector) {
    FunctionCounter.builder("gc", collector, GarbageCollectorMXBean::getCollectionCount)
        .description("Garbage collections")
        .tag("name", collector.getName())
        .register(registry);
    FunctionCounter.builder("gc_time_seconds", collector, gc -> gc.getCollectionTime() / 1000.0)
        .description("Time spent in garbage collections, about")
        .tag("name", collector.getName())
        .register(registry);
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

  private double[] buckets(String name) {
    return Arrays.stream(buckets.split(";"))
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
