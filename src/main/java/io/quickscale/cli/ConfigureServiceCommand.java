package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Price, state and limits of a service, for operators. */
@Command(
    name = "configure-service",
    description = "Show or set a service's price, state and limits (admin).",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale configure-service --list",
      "  quickscale configure-service sentiment_analysis",
      "  quickscale configure-service sentiment_analysis --credit-cost 2.5",
      "  quickscale configure-service sentiment_analysis --free --max-concurrent-runs 20",
      "  quickscale configure-service sentiment_analysis --inactive",
    })
final class ConfigureServiceCommand extends ServerCommand {
  private static final String NO_LIMIT = "none";

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The service.")
  String name;

  @ArgGroup Cost cost;
  @ArgGroup State state;

  @Option(names = "--description", paramLabel = "TEXT", description = "What callers read about it.")
  String description;

  @Option(names = "--category", paramLabel = "NAME", description = "Such as text_processing.")
  String category;

  @Option(
      names = "--failure-policy",
      paramLabel = "POLICY",
      description = "no_charge or charge_on_failure.")
  String failurePolicy;

  @Option(
      names = "--max-input-bytes",
      paramLabel = "N|none",
      description = "The largest input that is taken.")
  String maxInputBytes;

  @Option(
      names = "--max-concurrent-runs",
      paramLabel = "N|none",
      description = "How many runs may be under way at once.")
  String maxConcurrentRuns;

  @Option(names = "--list", description = "Show the settings: of NAME, or of all services.")
  boolean list;

  /** What a run costs. */
  static final class Cost {
    @Option(names = "--credit-cost", paramLabel = "N", description = "Credits a run.")
    BigDecimal credits;

    @Option(names = "--free", description = "A run costs nothing.")
    boolean free;

    BigDecimal amount() {
      return free ? BigDecimal.ZERO : credits;
    }
  }

  /** Whether it can be run. */
  static final class State {
    @Option(names = "--active", description = "It can be run.")
    boolean active;

    @Option(names = "--inactive", description = "It cannot be run.")
    boolean inactive;
  }

  ConfigureServiceCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    if (name == null && !list) {
      throw wrongUse("Say which service, or --list for all of them.");
    }
    Api api = api();
    ObjectNode change = change();
    if (name == null) {
      if (!change.isEmpty() || changesLimits()) {
        throw wrongUse("Say which service to change.");
      }
      show(api.get("/api/v1/admin/services"));
      return ExitCode.DONE;
    }
    JsonNode before = service(api);
    if (changesLimits()) {
      change.set("limits", limits(before));
    }
    if (change.isEmpty()) {
      show(Json.object().set("items", Json.array().add(before)));
      return ExitCode.DONE;
    }
    JsonNode after = api.put("/api/v1/admin/services/" + Api.encode(name), change);
    if (json) {
      print(after);
    } else {
      showChange(settings(before), settings(after));
    }
    return ExitCode.DONE;
  }

  /** From the list for operators, so that a key that is not an admin's is refused before. */
  private JsonNode service(Api api) {
    for (JsonNode service : api.get("/api/v1/admin/services").path("items")) {
      if (service.path("name").asText().equals(name)) {
        return service;
      }
    }
    throw new Failure(
        "There is no service '" + Texts.clean(name) + "'. 'quickscale list-services' shows them.");
  }

  private ObjectNode change() {
    ObjectNode change = Json.object();
    if (cost != null) {
      change.put("credit_cost", cost.amount());
    }
    if (state != null) {
      change.put("active", state.active);
    }
    if (description != null) {
      change.put("description", description);
    }
    if (category != null) {
      change.put("category", category);
    }
    if (failurePolicy != null) {
      change.put("failure_policy", failurePolicy);
    }
    return change;
  }

  private boolean changesLimits() {
    return maxInputBytes != null || maxConcurrentRuns != null;
  }

  /** The server replaces all limits at once: what is not said here stays. */
  private ObjectNode limits(JsonNode before) {
    ObjectNode limits = Json.object();
    limit(limits, "max_input_bytes", maxInputBytes, before);
    limit(limits, "max_concurrent_runs", maxConcurrentRuns, before);
    return limits;
  }

  private void limit(ObjectNode limits, String member, String wanted, JsonNode before) {
    String value = wanted == null ? ServiceTexts.limit(before, member) : wanted;
    if (value.equals(NO_LIMIT)) {
      return;
    }
    try {
      limits.put(member, Integer.parseInt(value));
    } catch (NumberFormatException e) {
      throw wrongUse(
          "--" + member.replace('_', '-') + " is a number or none, not '" + value + "'.");
    }
  }

  private void show(JsonNode services) {
    if (json) {
      print(services);
      return;
    }
    Table table = new Table("NAME", "CREDITS", "STATE", "ON FAILURE", "MAX BYTES", "MAX RUNS");
    for (JsonNode service : services.path("items")) {
      table.row(
          service.path("name").asText(),
          ServiceTexts.price(service),
          ServiceTexts.state(service),
          service.path("failure_policy").asText(),
          ServiceTexts.limit(service, "max_input_bytes"),
          ServiceTexts.limit(service, "max_concurrent_runs"));
    }
    table.print(terminal, "There are no services.");
  }

  private static Map<String, String> settings(JsonNode service) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("credits", ServiceTexts.price(service));
    settings.put("state", ServiceTexts.state(service));
    settings.put("description", service.path("description").asText());
    settings.put("category", service.path("category").asText());
    settings.put("failure policy", service.path("failure_policy").asText());
    settings.put("max input bytes", ServiceTexts.limit(service, "max_input_bytes"));
    settings.put("max runs at once", ServiceTexts.limit(service, "max_concurrent_runs"));
    return settings;
  }

  private void showChange(Map<String, String> before, Map<String, String> after) {
    boolean changed = false;
    for (Map.Entry<String, String> setting : after.entrySet()) {
      String old = before.get(setting.getKey());
      if (!old.equals(setting.getValue())) {
        changed = true;
        terminal
            .out()
            .printf(
                "%s: %s: %s -> %s%n",
                name, setting.getKey(), Texts.clean(old), Texts.clean(setting.getValue()));
      }
    }
    if (!changed) {
      terminal.out().println(name + ": nothing to change, it was so already.");
    }
  }
}
