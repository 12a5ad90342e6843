package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which services there are and what they cost. */
@Command(
    name = "list-services",
    description = "List the services, with prices.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale list-services",
      "  quickscale list-services --details",
      "  quickscale list-services --json | jq -r '.items[].name'",
      "  quickscale list-services --offline       what the sources here define",
    })
final class ListServicesCommand extends ServerCommand {
  @Option(names = "--details", description = "Also inputs, results and limits.")
  boolean details;

  @Option(names = "--offline", description = "Those in a project's sources, without a server.")
  boolean offline;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "With --offline: which project (the one around the working directory).")
  String project;

  ListServicesCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    return offline ? onSources(this::listSources) : listServer();
  }

  private int listSources() {
    OfflineServices services = new OfflineServices(terminal, project);
    if (json) {
      services.printJson();
    } else if (details) {
      services.printDetails();
    } else {
      services.printTable();
    }
    return ExitCode.DONE;
  }

  private int listServer() {
    if (project != null) {
      throw wrongUse("--project is for --offline: a server has no sources");
    }
    JsonNode services = api().get("/api/v1/services");
    if (json) {
      print(services);
    } else if (details) {
      services.path("items").forEach(this::printDetails);
    } else {
      printTable(services.path("items"));
    }
    return ExitCode.DONE;
  }

  private void printTable(JsonNode services) {
    Table table = new Table("NAME", "CREDITS", "STATE", "DESCRIPTION");
    for (JsonNode service : services) {
      table.row(
          service.path("name").asText(),
          ServiceTexts.price(service),
          ServiceTexts.state(service),
          service.path("description").asText());
    }
    table.print(terminal, "There are no services.");
  }

  private void printDetails(JsonNode service) {
    String name = Texts.of(service.path("name"));
    terminal.out().println(terminal.outColours().string("@|bold " + name + "|@"));
    terminal.out().println("  " + Texts.of(service.path("description")));
    detail("credits", ServiceTexts.price(service) + maximum(service));
    detail("state", state(service));
    detail("category", Texts.of(service.path("category")));
    detail("failure policy", Texts.of(service.path("failure_policy")));
    detail("max input bytes", ServiceTexts.limit(service, "max_input_bytes"));
    detail("max runs at once", ServiceTexts.limit(service, "max_concurrent_runs"));
    members("input", new InputSchema(service.path("input_schema")).members());
    members("result", new InputSchema(service.path("output_schema")).members());
    terminal.out().println();
  }

  private static String maximum(JsonNode service) {
    return service.at("/pricing/units").isEmpty()
        ? ""
        : ", at most " + Json.amount(service.at("/pricing/maximum")) + " a run";
  }

  private static String state(JsonNode service) {
    String why = Texts.of(service.path("unavailable_reason"));
    return ServiceTexts.state(service) + (why.isEmpty() ? "" : ": " + why);
  }

  private void members(String title, List<InputSchema.Member> members) {
    for (InputSchema.Member member : members) {
      String text =
          "%s: %s%s%s"
              .formatted(
                  member.name(),
                  member.type(),
                  member.required() ? ", required" : "",
                  member.constraints().isEmpty() ? "" : " (" + member.constraints() + ")");
      detail(title, Texts.clean(text));
    }
  }

  private void detail(String title, String text) {
    if (!text.isEmpty()) {
      terminal.out().printf("  %-17s %s%n", title, text);
    }
  }
}
