package io.quickscale.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Prometheus' text format 0.0.4, by the metrics on it. */
public final class MetricsPage {
  private static final Pattern COMMENT = Pattern.compile("# (TYPE|HELP) (\\S+)( .*)?");
  private static final Pattern SAMPLE = Pattern.compile("([^\\s{]+).*");

  /** What a summary or a histogram has beside itself. */
  private static final Pattern PART = Pattern.compile("(.+)_(?:sum|count|bucket)");

  /** The lines of each metric by what may be there once: its help, its type, each of its series. */
  private final Map<String, Map<String, String>> metrics = new LinkedHashMap<>();

  private MetricsPage() {}

  /**
   * A page from its text. A metric that comes in two places has all its samples in the first, as
   * the format wants it.
   */
  public static MetricsPage of(String text) {
    MetricsPage page = new MetricsPage();
    for (String line : text.split("\n")) {
      Matcher comment = COMMENT.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (comment.matches()) {
        page.once(comment.group(2), line, "# " + comment.group(1) + " ");
      } else if (!line.startsWith("#") && sample.matches()) {
        String metric = page.metricOf(sample.group(1));
        page.once(metric, line, line.substring(0, line.lastIndexOf(' ') + 1));
      }
    }
    return page;
  }

  /** This page, and from another what this one has not. */
  public MetricsPage with(MetricsPage other) {
    MetricsPage both = new MetricsPage();
    both.metrics.putAll(metrics);
    other.metrics.forEach(both.metrics::putIfAbsent);
    return both;
  }

  /** The text, each metric in one piece. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    metrics.values().stream()
        .flatMap(lines -> lines.values().stream())
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** By its name, not by what stands before it: Payara goes through metrics label by label. */
  private String metricOf(String sample) {
    Matcher part = PART.matcher(sample);
    return !metrics.containsKey(sample) && part.matches() && metrics.containsKey(part.group(1))
        ? part.group(1)
        : sample;
  }

  private void once(String metric, String line, String key) {
    metrics.computeIfAbsent(metric, name -> new LinkedHashMap<>()).putIfAbsent(key, line);
  }
}
