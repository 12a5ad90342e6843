package io.quickscale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The line that moves while a batch works. */
class ProgressBarTest {
  private final StringWriter shown = new StringWriter();
  private final BatchTotals totals = new BatchTotals();
  private long now;

  private ProgressBar bar(long total, boolean isTerminal) {
    PrintWriter err = new PrintWriter(shown);
    Terminal terminal =
        new Terminal(
            Map.of("NO_COLOR", "1"),
            Path.of("."),
            InputStream.nullInputStream(),
            err,
            err,
            isTerminal,
            isTerminal,
            80);
    return new ProgressBar(terminal, () -> now, total, 0);
  }

  private void done(int number, boolean success) {
    for (int i = 0; i < number; i++) {
      totals.add(success, BigDecimal.ZERO);
    }
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void it_shows_how_far_it_is_how_fast_and_how_long_it_will_take() {
    ProgressBar bar = bar(1000, true);
    pass(Duration.ofSeconds(5));
    done(248, true);
    done(2, false);
    bar.show(totals);

    assertThat(shown.toString())
        .isEqualTo("\r[######------------------]  25%  250/1000  50/s  0:15 left  2 failed ");
  }

  @Test
  void it_is_not_drawn_more_often_than_an_eye_can_follow() {
    ProgressBar bar = bar(1000, true);
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMillis(10));
      bar.show(totals);
    }

    assertThat(shown.toString().split("\r")).hasSizeLessThan(12);
  }

  @Test
  void the_rate_is_that_of_the_last_seconds() {
    ProgressBar bar = bar(100_000, true);
    for (int second = 0; second < 60; second++) {
      pass(Duration.ofSeconds(1));
      done(second < 30 ? 100 : 20, true);
      bar.show(totals);
    }

    assertThat(shown.toString()).endsWith("20/s  1:20:20 left ");
  }

  @Test
  void it_is_not_shown_where_nobody_looks() {
    ProgressBar bar = bar(10, false);
    pass(Duration.ofSeconds(1));
    bar.show(totals);
    bar.end(totals);

    assertThat(shown.toString()).isEmpty();
  }
}
