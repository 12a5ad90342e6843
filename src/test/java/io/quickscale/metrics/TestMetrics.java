package io.quickscale.metrics;

import io.quickscale.platform.MapConfig;
import java.util.Map;

/** Metrics without a container. */
public final class TestMetrics {
  private TestMetrics() {}

  /**
   * All of them at their start.
   *
   * @param configuration properties and their values
   */
  public static Metrics configured(Map<String, String> configuration) {
    Metrics metrics = new Metrics();
    metrics.config = new MapConfig(configuration);
    metrics.declare();
    return metrics;
  }
}
