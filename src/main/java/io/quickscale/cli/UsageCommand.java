package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The audit trail. */
@Command(
    name = "usage",
    description = "Show the audit trail: one record a run.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale usage --service sentiment_analysis --limit 20",
      "  quickscale usage --summary --group-by day,service",
      "  quickscale usage 0SAEQQHS404F2",
    })
final class UsageCommand extends ServerCommand {
  @Parameters(arity = "0..1", paramLabel = "USAGE", description = "All of one run, by its id.")
  String id;

  @Option(names = "--service", paramLabel = "NAME", description = "Runs of this service only.")
  String service;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "The most runs, newest first (${DEFAULT-VALUE}).")
  int limit;

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Another user's, by id or e-mail address (admin).")
  String user;

  @Option(names = "--summary", description = "Sums instead of single runs.")
  boolean summary;

  @Option(
      names = "--group-by",
      paramLabel = "day,service",
      description = "What the summary is grouped by.")
  String groupBy;

  @Option(names = "--from", paramLabel = "TIME", description = "Where the summary begins.")
  String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Where the summary ends.")
  String to;

  UsageCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    requireLimit(limit);
    if (!summary && (groupBy != null || from != null || to != null)) {
      throw wrongUse("--group-by, --from and --to belong to --summary.");
    }
    if (user != null && (summary || id != null)) {
      throw wrongUse("--user shows lists only; a summary or a single run is one's own.");
    }
    Api api = api();
    if (summary) {
      showSummary(api.get("/api/v1/usage/summary" + summaryQuery()));
    } else if (id != null) {
      showOne(api.get("/api/v1/usage/" + Api.encode(id)));
    } else {
      showList(items(api, listPath(api), limit));
    }
    return ExitCode.DONE;
  }

  private String listPath(Api api) {
    String path = user == null ? "/api/v1/usage" : UserReference.path(api, user) + "/usage";
    return service == null ? path : path + "?service=" + Api.encode(service);
  }

  private String summaryQuery() {
    return "?group_by="
        + Api.encode(groupBy == null ? "day,service" : groupBy)
        + (from == null ? "" : "&from=" + Api.encode(from))
        + (to == null ? "" : "&to=" + Api.encode(to));
  }

  private void showList(ArrayNode runs) {
    if (json) {
      print(Json.object().set("items", runs));
      return;
    }
    Table table =
        new Table("USAGE", "STARTED", "SERVICE", "STATUS", ">COST", ">REFUNDED", ">MS", "ERROR");
    for (JsonNode run : runs) {
      table.row(
          run.path("id").asText(),
          Texts.time(run.path("started_at")),
          run.path("service").asText(),
          run.path("status").asText(),
          Json.amount(run.path("cost")),
          Json.amount(run.path("refunded")),
          run.path("duration_ms").asText(),
          run.path("error_code").asText());
    }
    table.print(terminal, "There are no runs.");
  }

  private void showOne(JsonNode run) {
    if (json) {
      print(run);
      return;
    }
    run.properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              if (!value.isContainerNode()) {
                terminal.out().printf("%-15s %s%n", Texts.clean(member.getKey()), Texts.of(value));
              }
            });
    for (JsonNode unit : run.path("units")) {
      terminal
          .out()
          .printf(
              "%-15s %s %s (%s included), each %s: %s credits%n",
              "metered",
              Texts.of(unit.path("quantity")),
              Texts.of(unit.path("unit")),
              Texts.of(unit.path("included")),
              Json.amount(unit.path("credits_per_unit")),
              Json.amount(unit.path("credits")));
    }
    for (JsonNode inner : run.path("inner_runs")) {
      terminal
          .out()
          .printf(
              "%-15s %s %s: %s credits%n",
              "inner run",
              Texts.of(inner.path("usage_id")),
              Texts.of(inner.path("service")),
              Json.amount(inner.path("credits_consumed")));
    }
    for (JsonNode share : run.path("paid_from")) {
      terminal
          .out()
          .printf(
              "%-15s %s from grant %s (%s)%n",
              "paid",
              Json.amount(share.path("credits")),
              Texts.of(share.path("grant_id")),
              Texts.of(share.path("kind")));
    }
  }

  private void showSummary(JsonNode sums) {
    if (json) {
      print(sums);
      return;
    }
    Table table =
        new Table(
            "DAY", "SERVICE", ">RUNS", ">SUCCEEDED", ">NOT SUCCEEDED", ">CREDITS", ">AVERAGE MS");
    for (JsonNode row : sums.path("items")) {
      table.row(
          row.path("day").asText(),
          row.path("service").asText(),
          row.path("runs").asText(),
          row.path("succeeded").asText(),
          row.path("not_succeeded").asText(),
          Json.amount(row.path("credits_consumed")),
          row.path("average_duration_ms").asText());
    }
    table.print(terminal, "There are no runs.");
  }
}
