package io.quickscale.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
  private final Metrics metrics = TestMetrics.configured(Map.of());

  @Test
  void aCounterAddsUpUnderItsLabels() {
    metrics.increment(Metric.RUNS, "a", "succeeded");
    metrics.increment(Metric.RUNS, "a", "succeeded");
    metrics.add(Metric.RUNS, 5, "b", "service_failed");

    assertThat(metrics.exposition())
        .contains(
            "# HELP quickscale_runs_total Runs that have ended, by outcome",
            "# TYPE quickscale_runs_total counter")
        .contains(
            "quickscale_runs_total{outcome=\"succeeded\",service=\"a\"} 2.0",
            "quickscale_runs_total{outcome=\"service_failed\",service=\"b\"} 5.0");
  }

  @Test
  void aCounterWithoutLabelsIsThereBeforeItsFirstIncrement() {
    assertThat(metrics.exposition())
        .contains(
            "\nquickscale_runs_abandoned_total 0.0", "\nquickscale_key_cache_misses_total 0.0");
  }

  /**
   * A double has 53 bits: beyond 2^53 micro-credits the last digits are rounded, and none is lost.
   */
  @Test
  void aCounterDoesNotEndWhereALongDoes() {
    metrics.add(Metric.CREDITS_CHARGED, Long.MAX_VALUE, "a");
    metrics.add(Metric.CREDITS_CHARGED, Long.MAX_VALUE, "a");

    assertThat(metrics.exposition())
        .contains(
            "quickscale_credits_charged_micro_total{service=\"a\"} " + 2 * (double) Long.MAX_VALUE);
  }

  @Test
  void aDurationFallsIntoItsBuckets() {
    metrics.record(Metric.RUN_DURATION, Duration.ofMillis(7), "a");
    metrics.record(Metric.RUN_DURATION, Duration.ofMillis(400), "a");

    assertThat(metrics.exposition())
        .contains("# TYPE quickscale_run_duration_milliseconds histogram")
        .contains("quickscale_run_duration_milliseconds_bucket{service=\"a\",le=\"5.0\"} 0")
        .contains("quickscale_run_duration_milliseconds_bucket{service=\"a\",le=\"10.0\"} 1")
        .contains("quickscale_run_duration_milliseconds_bucket{service=\"a\",le=\"500.0\"} 2")
        .contains("quickscale_run_duration_milliseconds_sum{service=\"a\"} 407.0");
  }

  @Test
  void theBucketsCanBeConfigured() {
    Metrics other = TestMetrics.configured(Map.of(Metrics.DURATION_BUCKETS, "1, 20"));
    other.record(Metric.RUN_DURATION, Duration.ofMillis(7), "a");

    assertThat(other.exposition())
        .contains("le=\"1.0\"} 0", "le=\"20.0\"} 1", "le=\"+Inf\"} 1")
        .doesNotContain("le=\"5.0\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5,", "5,x", "0,5", "-1,5", "5,5", "10,5", "5,Infinity", "NaN"})
  void bucketsThatMakeNoSenseEndTheStartWithWhatTheyMustBe(String buckets) {
    Map<String, String> values = Map.of(Metrics.DURATION_BUCKETS, buckets);

    assertThatThrownBy(() -> TestMetrics.configured(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "quickscale.metrics.run-duration-buckets is \""
                + buckets
                + "\"; it must be positive numbers in ascending order, as in 5,10,25,50");
  }

  @Test
  void aGaugeIsReadWhenItIsLookedAt() {
    long[] value = {1};
    metrics.register(Metric.HOLDS_OPEN, () -> value[0]);
    value[0] = 42;

    assertThat(metrics.exposition())
        .contains("# TYPE quickscale_holds_open gauge", "\nquickscale_holds_open 42.0");
  }

  @Test
  void whatIsRegisteredByAServiceIsOnTheSamePage() {
    metrics.registry().counter("my.calls", "colour", "red").increment();

    assertThat(metrics.exposition()).contains("my_calls_total{colour=\"red\"} 1.0");
  }

  @Test
  void aMetricTakesOnlyWhatTheTableSays() {
    assertThatThrownBy(() -> metrics.increment(Metric.RUNS, "a"))
        .hasMessage("quickscale_runs_total has the labels [service, outcome]");
    assertThatThrownBy(() -> metrics.increment(Metric.READY))
        .hasMessage("quickscale_ready is a GAUGE");
    assertThatThrownBy(() -> metrics.record(Metric.RUNS, Duration.ZERO, "a", "b"))
        .hasMessage("quickscale_runs_total is a COUNTER");
    assertThatThrownBy(() -> metrics.register(Metric.RUN_DURATION, () -> 1))
        .hasMessage("quickscale_run_duration_milliseconds is a HISTOGRAM");
  }

  @Test
  void theJvmsNumbersHaveTheNamesOfMicroProfilesBaseMetrics() {
    assertThat(metrics.exposition())
        .contains("\nmemory_usedHeap_bytes ", "\nmemory_maxHeap_bytes ", "\nthread_count ")
        .contains("\ncpu_availableProcessors ", "\ncpu_systemLoadAverage ")
        .contains("\nclassloader_loadedClasses_total ", "\nclassloader_loadedClasses_count ")
        .contains("\ngc_time_seconds_total{", "\ngc_total{");
  }
}
