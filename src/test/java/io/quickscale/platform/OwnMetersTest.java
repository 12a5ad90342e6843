package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnMetersTest {
  private final OwnMeters meters =
      new OwnMeters("other=1;quickscale_run_duration_milliseconds=5,10,500");

  @Test
  void aCounterAddsUpUnderItsTags() {
    var runs = meters.counter("quickscale_runs", "Runs that have ended", "service", "a");
    runs.accept(1);
    runs.accept(2);
    meters.counter("quickscale_runs", "Runs that have ended", "service", "b").accept(5);

    assertThat(exposition())
        .contains(
            "# HELP quickscale_runs_total Runs that have ended",
            "# TYPE quickscale_runs_total counter")
        .contains(
            "quickscale_runs_total{service=\"a\"} 3.0", "quickscale_runs_total{service=\"b\"} 5.0");
  }

  @Test
  void aDistributionHasTheBucketsOfTheConfiguration() {
    var durations =
        meters.histogram("quickscale_run_duration_milliseconds", "Time", "service", "a");
    durations.accept(7);
    durations.accept(400);

    assertThat(exposition())
        .contains("quickscale_run_duration_milliseconds_bucket{service=\"a\",le=\"5.0\"} 0")
        .contains("quickscale_run_duration_milliseconds_bucket{service=\"a\",le=\"10.0\"} 1")
        .contains("quickscale_run_duration_milliseconds_bucket{service=\"a\",le=\"500.0\"} 2")
        .contains("quickscale_run_duration_milliseconds_sum{service=\"a\"} 407.0");
  }

  @Test
  void aGaugeIsReadWhenItIsLookedAt() {
    long[] value = {1};
    meters.gauge("quickscale_holds_open", "Holds", () -> value[0]);
    value[0] = 42;

    assertThat(exposition()).contains("quickscale_holds_open 42.0");
  }

  @Test
  void theJvmsNumbersHaveTheNamesOfMicroProfilesBaseMetrics() {
    assertThat(exposition())
        .contains("\nmemory_usedHeap_bytes ", "\nmemory_maxHeap_bytes ", "\nthread_count ")
        .contains("\ncpu_availableProcessors ", "\ncpu_systemLoadAverage ")
        .contains("\ngc_time_seconds_total{", "\ngc_total{");
  }

  private String exposition() {
    return meters.exposition().orElseThrow();
  }
}
