package io.quickscale.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.metrics.Metric.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricTableTest {
  private static final Path REFERENCE = Path.of("src/site/markdown/reference/metrics.md");

  @Test
  void theReferencePageHasTheTable() throws IOException {
    Set<String> rows =
        Files.readAllLines(REFERENCE).stream()
            .filter(line -> line.startsWith("| `quickscale_"))
            // Micrometer's own companion of a histogram.
            .filter(line -> !line.startsWith("| `quickscale_run_duration_milliseconds_max`"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(rows).isEqualTo(rowsOfTheTable());
  }

  @Test
  void namesSayWhatPrometheusExpectsOfThem() {
    assertThat(Metric.values())
        .allMatch(metric -> metric.title().matches("quickscale_[a-z_]+"))
        .allMatch(metric -> metric.title().endsWith("_total") == (metric.kind() == Kind.COUNTER));
  }

  private static Set<String> rowsOfTheTable() {
    return Arrays.stream(Metric.values())
        .map(
            metric ->
                "| `%s` | %s | %s| %s |"
                    .formatted(
                        metric.title(),
                        metric.kind().name().toLowerCase(Locale.ROOT),
                        metric.labels().isEmpty() ? "" : labels(metric) + " ",
                        metric.help()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String labels(Metric metric) {
    return String.join(", ", new TreeSet<>(metric.labels()));
  }
}
