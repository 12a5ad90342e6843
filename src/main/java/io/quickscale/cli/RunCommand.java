package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    JsonNode body = readInput();
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

  private JsonNode readInput() {
    String text = readText();
    try {
      JsonNode body = Json.read(text);
      if (body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw wrongInput(
          "The input%s is not JSON that can be sent: %s (line %d, column %d).%s"
              .formatted(
                  isLiteral() ? "" : " (" + Texts.clean(from()) + ")",
                  Texts.clean(e.getOriginalMessage()),
                  place.getLineNr(),
                  place.getColumnNr(),
                  isLiteral() ? " In a shell, put it into single quotes." : ""));
    }
    throw wrongInput("The input must be a JSON object, such as {\"text\": \"I love it\"}.");
  }

  /** What stands on the command line is used wrongly; what stands in a file is wrong. */
  private RuntimeException wrongInput(String message) {
    return isLiteral() ? wrongUse(message) : new Failure(message);
  }

  private boolean isLiteral() {
    return !input.equals("-") && !input.startsWith("@");
  }

  private String from() {
    return input.equals("-") ? "standard input" : input.substring(1);
  }

  private String readText() {
    if (isLiteral()) {
      // What the terminal sent in another encoding arrives as this character.
      if (input.indexOf('\uFFFD') >= 0) {
        throw wrongUse(
            "The input has a character that is not UTF-8. Put it into a file: --input @FILE.");
      }
      return input;
    }
    try {
      byte[] bytes =
          input.equals("-")
              ? terminal.in().readAllBytes()
              : Files.readAllBytes(terminal.resolve(from()));
      return Utf8.decode(bytes, from());
    } catch (NoSuchFileException e) {
      throw new Failure("There is no file " + from() + ".", e);
    } catch (IOException e) {
      throw new Failure(from() + " cannot be read: " + FileTrouble.reason(e) + ".", e);
    }
  }
}
