package io.quickscale.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsPageTest {
  @Test
  void whatOnlyTheServerHasIsAddedWithItsHelpAndType() {
    MetricsPage page =
        MetricsPage.of("# HELP ours_total Ours\n# TYPE ours_total counter\nours_total 1.0\n")
            .with(
                MetricsPage.of(
                    """
                    # TYPE theirs summary
                    # HELP theirs Theirs
                    theirs{quantile="0.5"} 2
                    theirs_count 3
                    theirs_sum 4
                    """));

    assertThat(page)
        .hasToString(
            """
            # HELP ours_total Ours
            # TYPE ours_total counter
            ours_total 1.0
            # TYPE theirs summary
            # HELP theirs Theirs
            theirs{quantile="0.5"} 2
            theirs_count 3
            theirs_sum 4
            """);
  }

  @Test
  void whatBothHaveIsOurs() {
    MetricsPage page =
        MetricsPage.of("# TYPE thread_count gauge\nthread_count 7.0\n")
            .with(
                MetricsPage.of(
                    "# TYPE thread_count gauge\nthread_count{mp_scope=\"base\"} 8\nmore 1\n"));

    assertThat(page).hasToString("# TYPE thread_count gauge\nthread_count 7.0\nmore 1\n");
  }

  @Test
  void aSeriesThatComesTwiceIsThereOnce() {
    MetricsPage page =
        MetricsPage.of(
            """
            # TYPE load gauge
            load{cpu="a b"} 1
            load{cpu="c"} 2
            # TYPE load gauge
            load{cpu="a b"} 1
            load{cpu="d"} 3
            """);

    assertThat(page)
        .hasToString(
            "# TYPE load gauge\nload{cpu=\"a b\"} 1\nload{cpu=\"c\"} 2\nload{cpu=\"d\"} 3\n");
  }

  /** So Payara shows what it measures of two methods. */
  @Test
  void metricsThatTakeTurnsLabelByLabelAreEachBroughtTogether() {
    MetricsPage page =
        MetricsPage.of(
            """
            # TYPE time_mean gauge
            time_mean{method="a"} 1
            # TYPE time summary
            time_count{method="a"} 2
            time{method="a",quantile="0.5"} 3
            time_mean{method="b"} 4
            time_count{method="b"} 5
            time{method="b",quantile="0.5"} 6
            """);

    assertThat(page)
        .hasToString(
            """
            # TYPE time_mean gauge
            time_mean{method="a"} 1
            time_mean{method="b"} 4
            # TYPE time summary
            time_count{method="a"} 2
            time{method="a",quantile="0.5"} 3
            time_count{method="b"} 5
            time{method="b",quantile="0.5"} 6
            """);
  }

  /** Payara shows a metric that has the same name in two scopes twice. */
  @Test
  void aMetricThatComesInTwoPlacesIsBroughtTogether() {
    MetricsPage page =
        MetricsPage.of(
            """
            # TYPE calls_total counter
            # HELP calls_total Calls
            calls_total{mp_scope="base"} 1
            # TYPE other gauge
            other 5
            # TYPE calls_total counter
            # HELP calls_total Calls
            calls_total{mp_scope="application"} 2
            """);

    assertThat(page)
        .hasToString(
            """
            # TYPE calls_total counter
            # HELP calls_total Calls
            calls_total{mp_scope="base"} 1
            calls_total{mp_scope="application"} 2
            # TYPE other gauge
            other 5
            """);
  }

  @Test
  void aServerWithoutMetricsAddsNothing() {
    assertThat(MetricsPage.of("ours 1\n").with(MetricsPage.of(""))).hasToString("ours 1\n");
  }
}
