package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Metrics for tests without a server: adds up what is counted. */
@ApplicationScoped
public class CountedMetrics extends Metrics {
  private final Map<String, Long> counted = new ConcurrentHashMap<>();

  @Override
  void choose() {
    // There is no server whose metrics could be chosen.
  }

  @Override
  public void count(String name, String description, long increment, String... tags) {
    counted.merge(name, increment, Long::sum);
  }

  @Override
  public void gauge(String name, String description, LongSupplier value) {
    // Nobody looks.
  }

  /** What was added to a counter, whatever the tags. */
  public long counted(String name) {
    return counted.getOrDefault(name, 0L);
  }
}
