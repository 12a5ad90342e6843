package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quickscale.cli.Api.Answer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** What stands between the user and a run that works. */
@Command(
    name = "doctor",
    description = "Check the server, the key and the clock, and say how to mend what is wrong.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale doctor",
      "  quickscale doctor --profile prod --json",
    })
final class DoctorCommand extends ServerCommand {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final List<Finding> findings = new ArrayList<>();

  /** How a check ended. */
  private enum Outcome {
    ok("green"),
    warning("yellow"),
    failed("red");

    private final String colour;

    Outcome(String colour) {
      this.colour = colour;
    }
  }

  private record Finding(Outcome outcome, String check, String text, String remedy) {}

  DoctorCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    examine();
    if (json) {
      print(toJson());
    } else {
      findings.forEach(this::show);
    }
    return has(Outcome.failed) ? ExitCode.FAILED : ExitCode.DONE;
  }

  private boolean has(Outcome outcome) {
    return findings.stream().anyMatch(finding -> finding.outcome() == outcome);
  }

  private void examine() {
    Api api;
    try {
      api = api(TIMEOUT);
    } catch (Failure e) {
      failed("configuration", e.getMessage(), "");
      return;
    }
    if (isReachable(api)) {
      checkReadiness(api);
      checkVersion(api);
      checkServices(api);
      checkKey(api);
    }
  }

  private boolean isReachable(Api api) {
    Instant asked = Instant.now();
    Answer alive;
    try {
      alive = api.send("GET", "/health/live", null, null);
    } catch (Failure e) {
      failed("server", e.getMessage(), "");
      return false;
    }
    Instant answered = Instant.now();
    if (!alive.isSuccess() && !hasItsHealthElsewhere(api, alive)) {
      failed(
          "server",
          api.server() + " answers HTTP " + alive.status() + " to /health/live",
          "Is this the URL of a QuickScale server, and has it started? Its log says more.");
      return false;
    }
    long millis = Duration.between(asked, answered).toMillis();
    ok("server", api.server() + " answers in " + millis + " ms");
    checkClock(alive, asked, answered);
    return true;
  }

  /** WildFly answers for health on its management port alone. */
  private static boolean hasItsHealthElsewhere(Api api, Answer alive) {
    return alive.status() == NOT_FOUND
        && api.send("GET", "/openapi?format=json", null, null).isSuccess();
  }

  private void checkClock(Answer answer, Instant asked, Instant answered) {
    Optional<Duration> found = answer.header("date").flatMap(there -> skew(there, asked, answered));
    if (found.isEmpty()) {
      return;
    }
    Duration skew = found.get();
    if (skew.abs().compareTo(SKEW) > 0) {
      warning(
          "clock",
          "the server's is %d seconds %s yours"
              .formatted(Math.abs(skew.toSeconds()), skew.isNegative() ? "behind" : "ahead of"),
          "Times such as --expires-at are the server's: set both clocks by NTP.");
    } else {
      ok("clock", "the server's and yours agree");
    }
  }

  /**
   * How far the server's clock is ahead of the one here.
   *
   * @param there the answer's Date header
   */
  static Optional<Duration> skew(String there, Instant asked, Instant answered) {
    try {
      Instant time = ZonedDateTime.parse(there, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Instant here = asked.plus(Duration.between(asked, answered).dividedBy(2));
      return Optional.of(Duration.between(here, time));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private void checkReadiness(Api api) {
    Answer ready = api.send("GET", "/health/ready", null, null);
    if (ready.status() == NOT_FOUND) {
      ok("health", "is on the server's management port, which this cannot know");
      return;
    }
    Optional<JsonNode> health = json(ready);
    if (health.isEmpty()) {
      failed("health", "/health/ready does not answer in JSON", "Is this a QuickScale server?");
      return;
    }
    List<JsonNode> checks = new ArrayList<>();
    health.get().path("checks").forEach(checks::add);
    checks.sort(Comparator.comparing(check -> check.path("name").asText()));
    for (JsonNode check : checks) {
      String name = Texts.of(check.path("name"));
      String data = data(check.path("data"));
      if (check.path("status").asText().equals("UP")) {
        ok(name, data.isEmpty() ? "ready" : data);
      } else {
        failed(name, data.isEmpty() ? "not ready" : data, "The server's log says why.");
      }
    }
  }

  private static String data(JsonNode data) {
    List<String> parts = new ArrayList<>();
    data.properties()
        .forEach(
            entry -> parts.add(Texts.clean(entry.getKey()) + " " + Texts.of(entry.getValue())));
    return String.join(", ", parts);
  }

  private void checkVersion(Api api) {
    Optional<JsonNode> document = json(api.send("GET", "/openapi?format=json", null, null));
    JsonNode version = document.map(found -> found.at("/info/version")).orElse(Json.missing());
    if (version.isTextual()) {
      ok("version", "API " + Texts.of(version) + ", command line " + RootCommand.Version.number());
    } else {
      failed("version", "/openapi tells none", "Is this a QuickScale server?");
    }
  }

  private void checkServices(Api api) {
    // Without the key: whether that counts is asked for below.
    Server anybody =
        new Server(api.server().url(), api.server().from(), Optional.empty(), "nowhere");
    JsonNode services;
    try {
      services = new Api(anybody, TIMEOUT).get("/api/v1/services").path("items");
    } catch (Failure e) {
      failed("services", e.getMessage(), "");
      return;
    }
    List<String> away = new ArrayList<>();
    services.forEach(
        service -> {
          if (!service.path("available").asBoolean()) {
            away.add(Texts.of(service.path("name")));
          }
        });
    String count = Texts.count(services.size(), "service");
    if (away.isEmpty()) {
      ok("services", count);
    } else {
      warning(
          "services",
          count + "; not available: " + String.join(", ", away),
          "'quickscale list-services --details' says why.");
    }
  }

  private void checkKey(Api api) {
    if (api.server().key().isEmpty()) {
      failed(
          "key",
          "there is none",
          "Set QUICKSCALE_API_KEY, name a file with --key-file, or add a profile"
              + " ('quickscale profile add').");
      return;
    }
    JsonNode me;
    JsonNode credits;
    try {
      me = api.get("/api/v1/me");
      credits = api.get("/api/v1/credits").path("available_credits");
    } catch (ProblemFailure e) {
      failed(
          "key",
          "the server refuses the key from "
              + api.server().keyFrom()
              + ": "
              + e.problem().path("detail").asText(),
          "Ask an admin for a new one ('quickscale keys add --user ...').");
      return;
    } catch (Failure e) {
      failed("key", e.getMessage(), "");
      return;
    }
    List<String> roles = new ArrayList<>();
    me.path("roles").forEach(role -> roles.add(Texts.of(role)));
    ok(
        "key",
        "%s (%s), from %s"
            .formatted(
                Texts.of(me.at("/user/email")), String.join(", ", roles), api.server().keyFrom()));
    checkCredits(credits);
    if (api.server().isUnprotected()) {
      warning(
          "connection",
          "http:// sends the key unencrypted",
          "Use https:// if the server, or a proxy before it, has it.");
    }
  }

  private void checkCredits(JsonNode available) {
    if (available.decimalValue().signum() > 0) {
      ok("credits", Json.amount(available) + " available");
    } else {
      warning("credits", "none", "Free services run; for others ask an admin for a grant.");
    }
  }

  private static Optional<JsonNode> json(Answer answer) {
    try {
      return Optional.of(Json.read(answer.body()));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private void ok(String check, String text) {
    findings.add(new Finding(Outcome.ok, check, text, ""));
  }

  private void warning(String check, String text, String remedy) {
    findings.add(new Finding(Outcome.warning, check, text, remedy));
  }

  private void failed(String check, String text, String remedy) {
    findings.add(new Finding(Outcome.failed, check, text, remedy));
  }

  private void show(Finding finding) {
    String outcome =
        terminal
            .outColours()
            .string("@|%s %-8s|@".formatted(finding.outcome().colour, finding.outcome().name()));
    terminal.out().printf("%s %-13s %s%n", outcome, finding.check(), finding.text());
    if (!finding.remedy().isEmpty()) {
      terminal.out().printf("%22s %s%n", "", finding.remedy());
    }
  }

  private JsonNode toJson() {
    ArrayNode checks = Json.array();
    findings.forEach(
        finding ->
            checks
                .addObject()
                .put("status", finding.outcome().name())
                .put("check", finding.check())
                .put("detail", finding.text())
                .put("remedy", finding.remedy()));
    return Json.object().put("ok", !has(Outcome.failed)).set("checks", checks);
  }
}
