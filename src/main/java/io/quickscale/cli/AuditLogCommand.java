package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who changed what. */
@Command(
    name = "audit-log",
    description = "Show who changed what, newest first (admin).",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale audit-log --limit 20",
      "  quickscale audit-log --cursor 0SAESKDVR04FT        what is older than this entry",
      "  quickscale audit-log --limit 1000 --json | jq '.items[] | select(.actor == \"ada@example.org\")'",
    })
final class AuditLogCommand extends ServerCommand {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "The most entries (${DEFAULT-VALUE}).")
  int limit;

  @Option(
      names = "--cursor",
      paramLabel = "ENTRY",
      description = "Only what is older than the entry with this id.")
  String cursor;

  AuditLogCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    requireLimit(limit);
    ArrayNode entries = items(api(), "/api/v1/admin/audit-log", limit, cursor);
    if (json) {
      print(Json.object().set("items", entries));
      return ExitCode.DONE;
    }
    Table table = new Table("ENTRY", "TIME", "ACTOR", "ACTION", "TARGET", "CHANGE");
    for (JsonNode entry : entries) {
      table.row(
          entry.path("id").asText(),
          Texts.time(entry.path("at")),
          entry.path("actor").asText(),
          entry.path("action").asText(),
          entry.path("target").asText(),
          change(entry.path("before"), entry.path("after")));
    }
    table.print(terminal, "Nothing has been changed yet.");
    return ExitCode.DONE;
  }

  /** The members that differ; of what is new or gone, all of them. */
  private static String change(JsonNode before, JsonNode after) {
    Set<String> names = new LinkedHashSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    List<String> changes = new ArrayList<>();
    for (String name : names) {
      JsonNode old = before.path(name);
      JsonNode now = after.path(name);
      if (!old.equals(now)) {
        changes.add(
            name
                + " "
                + (before.isMissingNode() ? "" : text(old) + " -> ")
                + (after.isMissingNode() ? "gone" : text(now)));
      }
    }
    return String.join(", ", changes);
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode()) {
      return "none";
    }
    return value.isContainerNode() ? Json.line(value) : value.asText();
  }
}
