package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One run of a service. */
@Command(
    name = "run",
    description = "Run a service.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale run sentiment_analysis --input '{\"text\": \"I love it\"}'",
      "  quickscale run sentiment_analysis --input @input.json --json | jq .credits_remaining",
      "  jq -n '{text: \"I love it\"}' | quickscale run sentiment_analysis --input -",
      "  quickscale run sentiment_analysis --input @input.json --dry-run",
    })
final class RunCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME", description = "The service.")
  String name;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "JSON|@FILE|-",
      required = true,
      description = "Required. The input: JSON, a file with it, or standard input.")
  String input;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      converter = IdempotencyKey.class,
      description = "A second run with the same key and input is not charged again.")
  Optional<String> idempotencyKey;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long to wait for the result (${DEFAULT-VALUE}).")
  int timeout;

  @Option(names = "--dry-run", description = "Check the input and the credits; run nothing.")
  boolean dryRun;

  RunCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    if (timeout < 1) {
      throw wrongUse("--timeout must be at least 1.");
    }
    JsonNode body = new JsonArgument(terminal, "--input", this::wrongUse).read(input);
    Api api = api(Duration.ofSeconds(timeout));
    String service = "/api/v1/services/" + Api.encode(name);
    return dryRun ? check(api, service, body) : run(api, service, body);
  }

  /** The input is the service's to judge. */
  @Override
  boolean isWrongUse(Failure failure) {
    return false;
  }

  private int run(Api api, String service, JsonNode body) {
    JsonNode answer = api.postOnce(service + "/run", body, idempotencyKey);
    if (json) {
      print(answer);
      return ExitCode.DONE;
    }
    print(answer.path("result"));
    terminal
        .err()
        .printf(
            "%s%s, %s left; %s ms; usage %s%n",
            Texts.credits(answer.path("credits_consumed")),
            withInnerRuns(answer.path("total_credits")),
            Json.amount(answer.path("credits_remaining")),
            answer.path("duration_ms").asText(),
            Texts.of(answer.path("usage_id")));
    return ExitCode.DONE;
  }

  private static String withInnerRuns(JsonNode total) {
    return total.isMissingNode() ? "" : " (%s with its inner runs)".formatted(Json.amount(total));
  }

  private int check(Api api, String service, JsonNode body) {
    JsonNode valid = api.post(service + "/validate", body);
    JsonNode credits = api.get(service + "/credits");
    boolean enough = credits.path("has_sufficient_credits").asBoolean();
    if (json) {
      ObjectNode found = Json.object();
      found.set("valid", valid.path("valid"));
      found.set("credits", credits);
      print(found);
    } else {
      terminal
          .out()
          .printf(
              "The input is valid. A run needs %s; available: %s%s.%n",
              Texts.credits(credits.path("required_credits")),
              Json.amount(credits.path("available_credits")),
              enough ? "" : "; missing: " + Json.amount(credits.path("shortfall")));
    }
    return enough ? ExitCode.DONE : ExitCode.FAILED;
  }
}
