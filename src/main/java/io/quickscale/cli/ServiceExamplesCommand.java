package io.quickscale.cli;

import io.quickscale.cli.ServiceOptions.TypeWord;
import io.quickscale.cli.generate.ServiceType;
import io.quickscale.cli.source.ServiceSource;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The services that ship, as examples for authors. */
@Command(
    name = "service-examples",
    description = "Show the services that ship: their sources, and a line that runs each.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quickscale service-examples",
      "  quickscale service-examples --type text_processing",
      "  quickscale service-examples --json | jq -r '.items[].source'",
    })
final class ServiceExamplesCommand extends SourceCommand {
  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = TypeWord.class,
      completionCandidates = TypeWord.All.class,
      description = "Only those like this: ${COMPLETION-CANDIDATES}.")
  ServiceType type;

  ServiceExamplesCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int work() {
    Path home =
        SourceFolders.home()
            .orElseThrow(
                () -> new Failure("the sources are in a clone of QuickScale: run this there"));
    List<ServiceSource> services =
        SourceFolders.shipped().stream()
            .filter(service -> type == null || service.category().equals(type.category()))
            .toList();
    if (json) {
      printJson(services, home);
    } else if (services.isEmpty()) {
      terminal.err().println("No service that ships is of this type.");
    } else {
      services.forEach(service -> printText(service, home));
    }
    return ExitCode.DONE;
  }

  private void printText(ServiceSource service, Path home) {
    String name = service.name().orElseThrow();
    terminal.out().println(terminal.outColours().string("@|bold " + name + "|@"));
    terminal.out().println("  " + service.description());
    terminal.out().printf("  credits  %s%n", service.creditCost());
    terminal.out().printf("  source   %s:%d%n", shown(service.path()), service.line());
    terminal.out().printf("  run it   %s%n%n", runLine(name, home));
  }

  private String runLine(String name, Path home) {
    return terminal.command() + " run " + name + " --input @" + shown(example(name, home));
  }

  private static Path example(String name, Path home) {
    return home.resolve("src/examples").resolve(name + ".json");
  }

  private void printJson(List<ServiceSource> services, Path home) {
    var answer = Json.object();
    var items = answer.putArray("items");
    for (ServiceSource service : services) {
      String name = service.name().orElseThrow();
      items
          .addObject()
          .put("name", name)
          .put("description", service.description())
          .put("category", service.category())
          .put("credit_cost", service.creditCost())
          .put("class", service.className())
          .put("source", shown(service.path()))
          .put("line", service.line())
          .put("example", shown(example(name, home)))
          .put("run", runLine(name, home));
    }
    terminal.out().println(Json.pretty(answer));
  }
}
