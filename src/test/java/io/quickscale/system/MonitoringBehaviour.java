package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

  Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| ?([^|]*) \\| (.*) \\|$");

  List<Double> BUCKETS =
      List.of(
          5.0,
          10.0,
          25.0,
          50.0,
          100.0,
          250.0,
          500.0,
          1_000.0,
          2_500.0,
          5_000.0,
          10_000.0,
          30_000.0,
          60_000.0,
          120_000.0,
          Double.POSITIVE_INFINITY);

  QuickScale quickScale();

  /** The same page of reference for all servers: so they have the same metrics. */
  @Test
  default void everyMetricHasTheTypeTheLabelsAndTheHelpOfTheReferencePage() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    Matcher rows = DOCUMENTED.matcher(Files.readString(REFERENCE));
    while (rows.find()) {
      documented.put(
          rows.group(1), String.join("; ", rows.group(2), rows.group(3).trim(), rows.group(4)));
    }

    Map<String, String> shown = new TreeMap<>();
    metricsAfterSomeRuns()
        .families()
        .forEach(
            (name, family) -> {
              if (name.startsWith("quickscale_") || documented.containsKey(name)) {
                shown.put(
                    name,
                    String.join(
                        "; ", family.type(), String.join(", ", family.labels()), family.help()));
              }
            });
    assertThat(shown).isEqualTo(documented);
  }

  @Test
  default void durationsHaveTheSameBucketsOnEveryServer() {
    List<Double> bounds =
        metricsAfterSomeRuns()
            .families()
            .get("quickscale_run_duration_milliseconds")
            .samples()
            .stream()
            .filter(sample -> "outcome".equals(sample.labels().get("service")))
            .filter(sample -> sample.labels().containsKey("le"))
            .map(sample -> Exposition.number(sample.labels().get("le")))
            .toList();

    assertThat(bounds).isEqualTo(BUCKETS);
  }

  @Test
  default void whatAServiceCountsWithMicrometerIsOnThePage() {
    var user = quickScale().newUser(1);
    user.run("times_called", object("colour", "red")).expect(200);
    double before = metrics().sum("fixture_calls_total");

    user.run("times_called", object("colour", "red")).expect(200);

    assertThat(metrics().sum("fixture_calls_total")).isEqualTo(before + 1);
  }

  @Test
  default void whatAServiceCountsWithMicroProfileMetricsIsOnThePageWhereTheServerHasIt() {
    assumeTrue(ServerKind.underTest().hasMicroProfileMetrics(), "WildFly has no MetricRegistry");
    var user = quickScale().newUser(1);
    user.run("server_counter", object("colour", "red")).expect(200);
    double before = metrics().sum("fixture_server_calls_total");

    user.run("server_counter", object("colour", "red")).expect(200);

    assertThat(metrics().sum("fixture_server_calls_total")).isEqualTo(before + 1);
    assertThat(metrics().sum("fixture_server_time_seconds_count")).isGreaterThanOrEqualTo(2);
  }

  /** A head is a question too, and a scraper may prefer another format or ask for one scope. */
  @Test
  default void thePageIsTheSameHoweverItIsAskedFor() {
    var whole = metrics().families().keySet();
    String json =
        quickScale()
            .anybody()
            .with("Accept", "application/json")
            .get("/metrics?scope=none&name=none")
            .expect(200)
            .body();

    assertThat(Exposition.of(json).families().keySet()).isEqualTo(whole);
  }

  @Test
  default void theDashboardShowsMetricsThatThereAre() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    Set<String> series = series();

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
    Set<String> series = series();
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

    assertThat(metrics().sum("quickscale_ledger_discrepancies")).isEqualTo(0);
    assertThat(metrics().sum("quickscale_ledger_verified_timestamp_seconds"))
        .isGreaterThanOrEqualTo(before);
  }

  @Test
  default void aNodeThatCanTakeRunsSaysSo() {
    Eventually.holds(() -> assertThat(metrics().sum("quickscale_ready")).isEqualTo(1));
  }

  /** So that everything that is counted has been counted. */
  private Exposition metricsAfterSomeRuns() {
    var user = quickScale().newUser(40).with("Idempotency-Key", "monitored");
    user.run("outcome", object("outcome", "fine")).expect(200);
    user.run("outcome", object("outcome", "fine")).expect(200);
    user.with("Idempotency-Key", "no").run("outcome", object()).expectProblem(400, "invalid_input");
    return metrics();
  }

  private Exposition metrics() {
    return Exposition.of(quickScale().anybody().get("/metrics").expect(200).body());
  }

  private Set<String> series() {
    return Stream.concat(
            metricsAfterSomeRuns().families().values().stream()
                .flatMap(family -> family.samples().stream())
                .map(Exposition.Sample::name),
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
}
