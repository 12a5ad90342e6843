package io.quickscale.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The JVM's numbers, under the names of MicroProfile's base metrics, so that one dashboard serves
 * all servers. From {@code java.lang.management} alone: an application on WildFly does not see the
 * classes of {@code com.sun.management}, from which Micrometer has processor and file descriptors.
 */
final class JvmMetrics implements MeterBinder {
  @Override
  public void bindTo(MeterRegistry registry) {
    memory(registry);
    threadsAndClasses(registry);
    system(registry);
    ManagementFactory.getGarbageCollectorMXBeans().forEach(gc -> collector(gc, registry));
  }

  private static void memory(MeterRegistry registry) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    gauge(
        registry,
        "memory_usedHeap_bytes",
        "Heap in use",
        () -> memory.getHeapMemoryUsage().getUsed());
    gauge(
        registry,
        "memory_committedHeap_bytes",
        "Heap that the JVM has from the system",
        () -> memory.getHeapMemoryUsage().getCommitted());
    gauge(
        registry,
        "memory_maxHeap_bytes",
        "The most heap that the JVM takes; -1 if undefined",
        () -> memory.getHeapMemoryUsage().getMax());
    gauge(
        registry,
        "memory_usedNonHeap_bytes",
        "Memory in use beside the heap",
        () -> memory.getNonHeapMemoryUsage().getUsed());
    gauge(
        registry,
        "memory_committedNonHeap_bytes",
        "Memory beside the heap that the JVM has from the system",
        () -> memory.getNonHeapMemoryUsage().getCommitted());
    gauge(
        registry,
        "memory_maxNonHeap_bytes",
        "The most memory beside the heap that the JVM takes; -1 if undefined",
        () -> memory.getNonHeapMemoryUsage().getMax());
  }

  private static void threadsAndClasses(MeterRegistry registry) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    gauge(registry, "thread_count", "Live threads", threads::getThreadCount);
    gauge(
        registry,
        "thread_daemon_count",
        "Live threads that do not keep the JVM alive",
        threads::getDaemonThreadCount);
    gauge(
        registry,
        "thread_max_count",
        "The most threads that were live at a time",
        threads::getPeakThreadCount);
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    gauge(
        registry,
        "classloader_loadedClasses_count",
        "Classes that are loaded",
        classes::getLoadedClassCount);
    FunctionCounter.builder(
            "classloader_loadedClasses_total",
            classes,
            ClassLoadingMXBean::getTotalLoadedClassCount)
        .description("Classes loaded since the JVM has started")
        .register(registry);
    FunctionCounter.builder(
            "classloader_unloadedClasses_total", classes, ClassLoadingMXBean::getUnloadedClassCount)
        .description("Classes unloaded since the JVM has started")
        .register(registry);
  }

  private static void system(MeterRegistry registry) {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    gauge(
        registry,
        "cpu_availableProcessors",
        "Processors of the JVM",
        system::getAvailableProcessors);
    gauge(
        registry,
        "cpu_systemLoadAverage",
        "The system's load average of the last minute; negative if unknown",
        system::getSystemLoadAverage);
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    gauge(
        registry,
        "jvm_uptime_seconds",
        "Time since the JVM has started",
        () -> runtime.getUptime() / 1000.0);
  }

  private static void collector(GarbageCollectorMXBean collector, MeterRegistry registry) {
    byCollector(
        registry,
        "gc_total",
        "Garbage collections",
        collector,
        GarbageCollectorMXBean::getCollectionCount);
    byCollector(
        registry,
        "gc_time_seconds_total",
        "Time spent in garbage collections, about",
        collector,
        gc -> gc.getCollectionTime() / 1000.0);
  }

  private static void byCollector(
      MeterRegistry registry,
      String name,
      String help,
      GarbageCollectorMXBean collector,
      ToDoubleFunction<GarbageCollectorMXBean> value) {
    FunctionCounter.builder(name, collector, value)
        .description(help)
        .tag("name", collector.getName())
        .register(registry);
  }

  private static void gauge(
      MeterRegistry registry, String name, String help, Supplier<Number> value) {
    Gauge.builder(name, value).description(help).register(registry);
  }
}
