package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of metrics, read as strictly as Prometheus' text format 0.0.4 is written down: a metric is
 * in one piece, help and type stand before its samples, no sample comes twice, a histogram's
 * buckets add up.
 */
final class Exposition {
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][\\w:]*)(?: (.*))?");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)(?: -?\\d+)?");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");
  private static final Set<String> TYPES =
      Set.of("counter", "gauge", "histogram", "summary", "untyped");

  private final Map<String, Family> families = new LinkedHashMap<>();
  private final Set<String> series = new HashSet<>();
  private Family family;

  /** A metric with its samples. */
  static final class Family {
    private final String name;
    private String help;
    private String type;
    private final List<Sample> samples = new ArrayList<>();

    private Family(String name) {
      this.name = name;
    }

    String help() {
      return help;
    }

    String type() {
      return type == null ? "untyped" : type;
    }

    List<Sample> samples() {
      return samples;
    }

    /** The names of its labels, without those that belong to its type. */
    Set<String> labels() {
      return samples.stream()
          .flatMap(sample -> sample.labels().keySet().stream())
          .filter(label -> !label.equals("le") && !label.equals("quantile"))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean has(String sample) {
      return switch (type()) {
        case "histogram" -> sample.matches(Pattern.quote(name) + "_(bucket|sum|count)");
        case "summary" -> sample.matches(Pattern.quote(name) + "(_sum|_count)?");
        default -> sample.equals(name);
      };
    }
  }

  record Sample(String name, Map<String, String> labels, double value) {}

  private Exposition() {}

  static Exposition of(String page) {
    assertThat(page).endsWith("\n");
    Exposition read = new Exposition();
    page.lines().forEach(read::line);
    read.families.values().stream()
        .filter(family -> family.type().equals("histogram"))
        .forEach(Exposition::assertBucketsAddUp);
    return read;
  }

  Map<String, Family> families() {
    return families;
  }

  /** The sum of all samples of a name. */
  double sum(String sample) {
    return families.values().stream()
        .flatMap(each -> each.samples().stream())
        .filter(each -> each.name().equals(sample))
        .mapToDouble(Sample::value)
        .sum();
  }

  private void line(String line) {
    Matcher comment = COMMENT.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (comment.matches()) {
      comment(comment, line);
    } else {
      assertThat(sample.matches()).as(line).isTrue();
      sample(sample, line);
    }
  }

  private void comment(Matcher comment, String line) {
    String name = comment.group(2);
    if (family == null || !family.name.equals(name)) {
      begin(name, line);
    }
    assertThat(family.samples()).as("before its samples: " + line).isEmpty();
    if (comment.group(1).equals("HELP")) {
      assertThat(family.help).as("once: " + line).isNull();
      family.help = comment.group(3) == null ? "" : comment.group(3);
    } else {
      assertThat(family.type).as("once: " + line).isNull();
      assertThat(TYPES).as(line).contains(comment.group(3));
      family.type = comment.group(3);
    }
  }

  private void sample(Matcher sample, String line) {
    String name = sample.group(1);
    if (family == null || !family.has(name)) {
      begin(name, line);
    }
    Map<String, String> labels = labels(sample.group(2), line);
    assertThat(series.add(name + labels)).as("once: " + line).isTrue();
    family.samples().add(new Sample(name, labels, number(sample.group(3))));
  }

  private void begin(String name, String line) {
    family = new Family(name);
    assertThat(families.put(name, family)).as("in one piece: " + line).isNull();
  }

  private static Map<String, String> labels(String text, String line) {
    Map<String, String> labels = new TreeMap<>();
    if (text != null) {
      Matcher label = LABEL.matcher(text);
      int end = 0;
      while (end < text.length()) {
        assertThat(label.find(end) && label.start() == end).as(line).isTrue();
        assertThat(labels.put(label.group(1), label.group(2))).as(line).isNull();
        end = label.end();
      }
    }
    return labels;
  }

  static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static void assertBucketsAddUp(Family histogram) {
    Map<Map<String, String>, List<Sample>> bySeries =
        histogram.samples().stream()
            .filter(sample -> sample.name().endsWith("_bucket"))
            .collect(Collectors.groupingBy(sample -> without(sample.labels(), "le")));
    bySeries.forEach(
        (labels, buckets) -> {
          assertThat(buckets).as(histogram.name).isSortedAccordingTo(Exposition::byBound);
          assertThat(buckets.stream().map(Sample::value).toList()).as(histogram.name).isSorted();
          assertThat(buckets.get(buckets.size() - 1).labels().get("le")).isEqualTo("+Inf");
          assertThat(buckets.get(buckets.size() - 1).value())
              .as(histogram.name)
              .isEqualTo(count(histogram, labels));
        });
  }

  private static int byBound(Sample one, Sample other) {
    return Double.compare(number(one.labels().get("le")), number(other.labels().get("le")));
  }

  private static double count(Family histogram, Map<String, String> labels) {
    return histogram.samples().stream()
        .filter(s -> s.name().endsWith("_count") && s.labels().equals(labels))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> without(Map<String, String> labels, String label) {
    Map<String, String> rest = new TreeMap<>(labels);
    rest.remove(label);
    return rest;
  }
}
