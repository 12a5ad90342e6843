package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What monitoring reads: the metrics as the reference, the dashboard and the alerts have them. */
interface MonitoringBehaviour {
  Path REFERENCE = Path.of("src/site/markdown/reference/metrics.md");
  Path GUIDE = Path.of("src/site/markdown/operating/operators-guide.md");
  Path DASHBOARD = Path.of("server-config/grafana/quickscale.json");
  Path ALERTS = Path.of("server-config/prometheus/alerts.yml");

  /** Prometheus's own metrics and words. */
  Set<String> NOT_THE_SERVERS = Set.of("up", "or");

  Pattern DOCUMENTED =
      Pattern.compile("(?m)^\\| `(quickscale_\\w+)` \\| (\\w+) \\|[^|]*\\| (.*) \\|$");

  QuickScale quickScale();

  @Test
  default void everyMetricOfOursHasTheTypeAndTheHelpOfTheReferencePage() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    Matcher rows = DOCUMENTED.matcher(Files.readString(REFERENCE));
    while (rows.find()) {
      documented.put(rows.group(1), rows.group(2) + ": " + rows.group(3));
    }

    assertThat(typesAndHelp(metricsAfterSomeRuns())).isEqualTo(documented);
  }

  @Test
  default void theDashboardShowsMetricsThatThereAre() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    Set<String> series = series(metricsAfterSomeRuns());

    for (JsonNode panel : dashboard.get("panels")) {
      if (!panel.get("type").asText().equals("row")) {
        assertThat(panel.path("description").asText()).as(panel.get("title").asText()).isNotBlank();
        for (JsonNode target : panel.get("targets")) {
          assertThat(series)
              .as(panel.get("title").asText())
              .containsAll(namesIn(target.get("expr").asText()));
        }
      }
    }
  }

  @Test
  default void theAlertsWatchMetricsThatThereAreAndTheGuideSaysWhatToDo() throws IOException {
    JsonNode rules = new YAMLMapper().readTree(ALERTS.toFile()).at("/groups/0/rules");
    Set<String> series = series(metricsAfterSomeRuns());
    List<String> chapters =
        Files.readAllLines(GUIDE).stream().filter(line -> line.startsWith("### ")).toList();

    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      String name = rule.get("alert").asText();
      assertThat(series).as(name).containsAll(namesIn(rule.get("expr").asText()));
      assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
      assertThat(rule.at("/annotations/description").asText()).as(name).isNotBlank();
      assertThat(rule.at("/annotations/runbook").asText())
          .isEqualTo("operating/operators-guide.md#" + name.toLowerCase());
      assertThat(chapters).contains("### " + name);
    }
  }

  @Test
  default void aVerifiedLedgerIsAMetric() {
    long before = quickScale().now().getEpochSecond();

    quickScale().assertLedgerIsConsistent();

    String metrics = quickScale().anybody().get("/metrics").expect(200).body();
    assertThat(value(metrics, "quickscale_ledger_discrepancies")).isEqualTo(0);
    assertThat(value(metrics, "quickscale_ledger_verified_timestamp_seconds"))
        .isGreaterThanOrEqualTo(before);
  }

  @Test
  default void aNodeThatCanTakeRunsSaysSo() {
    Eventually.holds(
        () ->
            assertThat(
                    value(
                        quickScale().anybody().get("/metrics").expect(200).body(),
                        "quickscale_ready"))
                .isEqualTo(1));
  }

  /** So that everything that is counted has been counted. */
  private String metricsAfterSomeRuns() {
    var user = quickScale().newUser(40).with("Idempotency-Key", "monitored");
    user.run("outcome", object("outcome", "fine")).expect(200);
    user.run("outcome", object("outcome", "fine")).expect(200);
    user.with("Idempotency-Key", "no").run("outcome", object()).expectProblem(400, "invalid_input");
    return quickScale().anybody().get("/metrics").expect(200).body();
  }

  private static Map<String, String> typesAndHelp(String metrics) {
    Map<String, String> types = values(metrics, "TYPE");
    Map<String, String> help = values(metrics, "HELP");
    return types.entrySet().stream()
        .filter(type -> type.getKey().startsWith("quickscale_"))
        // What servers add to a histogram of their own accord.
        .filter(type -> !type.getKey().matches(".*_milliseconds_(mean|max)"))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                type -> type.getValue() + ": " + help.get(type.getKey()),
                (one, same) -> one,
                TreeMap::new));
  }

  private static Map<String, String> values(String metrics, String keyword) {
    Matcher lines = Pattern.compile("(?m)^# " + keyword + " (\\S+) (.*)$").matcher(metrics);
    Map<String, String> found = new TreeMap<>();
    while (lines.find()) {
      found.put(lines.group(1), lines.group(2).trim());
    }
    return found;
  }

  private static Set<String> series(String metrics) {
    return Stream.concat(
            metrics
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]")[0]),
            NOT_THE_SERVERS.stream())
        .collect(Collectors.toSet());
  }

  /** The metrics that an expression of PromQL asks for. */
  private static Set<String> namesIn(String expression) {
    String bare =
        expression
            .replaceAll("\\{[^}]*}", "")
            .replaceAll("\\[[^]]*]", "")
            .replaceAll("\\bby\\s*\\([^)]*\\)", "");
    Matcher names = Pattern.compile("\\b[a-zA-Z_]\\w*\\b(?!\\s*\\()").matcher(bare);
    Set<String> found = names.results().map(result -> result.group()).collect(Collectors.toSet());
    assertThat(found).as(expression).isNotEmpty();
    return found;
  }

  private static long value(String metrics, String name) {
    Matcher line = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$").matcher(metrics);
    assertThat(line.find()).as(name).isTrue();
    return (long) Double.parseDouble(line.group(1));
  }
}
