package io.quickscale.cli;

import io.quickscale.cli.source.ServiceSource;
import io.quickscale.cli.source.SourceProject;
import java.util.List;

/** The services of a project's sources, with the prices that their classes have. */
final class OfflineServices {
  private final Terminal terminal;
  private final List<ServiceSource> services;

  OfflineServices(Terminal terminal, String project) {
    this.terminal = terminal;
    this.services = SourceProject.at(SourceFolders.project(terminal, project)).services();
  }

  void printTable() {
    Table table = new Table("NAME", "CREDITS", "CATEGORY", "SOURCE");
    for (ServiceSource service : services) {
      table.row(name(service), service.creditCost(), service.category(), source(service));
    }
    table.print(terminal, "There are no services.");
  }

  void printDetails() {
    for (ServiceSource service : services) {
      terminal.out().println(terminal.outColours().string("@|bold " + name(service) + "|@"));
      terminal.out().println("  " + Texts.clean(service.description()));
      terminal.out().printf("  %-17s %s%n", "credits", service.creditCost());
      terminal.out().printf("  %-17s %s%n", "category", service.category());
      terminal.out().printf("  %-17s %s%n", "class", service.className());
      terminal.out().printf("  %-17s %s%n%n", "source", source(service));
    }
  }

  void printJson() {
    var answer = Json.object();
    var items = answer.putArray("items");
    for (ServiceSource service : services) {
      items
          .addObject()
          .put("name", name(service))
          .put("description", service.description())
          .put("category", service.category())
          .put("credit_cost", service.creditCost())
          .put("class", service.className())
          .put("source", source(service));
    }
    terminal.out().println(Json.pretty(answer));
  }

  /** A class that is not registered yet is shown by its own name. */
  private static String name(ServiceSource service) {
    return service.name().orElse(service.className());
  }

  private String source(ServiceSource service) {
    return SourceFolders.shown(terminal, service.path()) + ":" + service.line();
  }
}
