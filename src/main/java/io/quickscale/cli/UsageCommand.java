package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The audit trail. */
@Command(
    name = "usage",
    description = "Show the audit trail: one record a run.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale usage --service sentiment_analysis --status failed --limit 20",
      "  quickscale usage --from 2026-11-01T00:00:00Z --to 2026-12-01T00:00:00Z --csv > november.csv",
      "  quickscale usage --summary --group-by day,service",
      "  quickscale usage 0SAEQQHS404F2",
    })
final class UsageCommand extends ServerCommand {
  private static final int ROWS = 50;

  @Parameters(arity = "0..1", paramLabel = "USAGE", description = "All of one run, by its id.")
  String id;

  @Option(names = "--service", paramLabel = "NAME", description = "Runs of this service only.")
  String service;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Runs that are so only: running, succeeded, failed or abandoned.")
  String status;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The most runs, newest first (50; as CSV all of them).")
  Integer limit;

  @Option(names = "--csv", description = "Print CSV, for spreadsheets.")
  boolean csv;

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

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Runs that started then or later, such as 2026-11-01T00:00:00Z.")
  String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Runs that started before.")
  String to;

  UsageCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    requireSense();
    Api api = api();
    if (summary) {
      showSummary(api.get("/api/v1/usage/summary" + summaryQuery()));
    } else if (id != null) {
      showOne(api.get("/api/v1/usage/" + Api.encode(id)));
    } else if (csv) {
      printCsv(api, listPath(api) + listQuery().add("limit", limit));
    } else {
      showList(items(api, listPath(api) + listQuery(), limit == null ? ROWS : limit));
    }
    return ExitCode.DONE;
  }

  private void requireSense() {
    requireLimit(limit);
    requireOneFormat(csv);
    boolean isList = !summary && id == null;
    if (groupBy != null && !summary) {
      throw wrongUse("--group-by belongs to --summary.");
    }
    if (id != null && (summary || from != null || to != null)) {
      throw wrongUse("A single run is shown by its id alone.");
    }
    if (!isList && (user != null || service != null || status != null || csv)) {
      throw wrongUse(
          "--user, --service, --status and --csv belong to lists; a summary or a single run is one's own.");
    }
  }

  private String listPath(Api api) {
    return user == null ? "/api/v1/usage" : UserReference.path(api, user) + "/usage";
  }

  private Query listQuery() {
    return new Query()
        .add("from", from)
        .add("to", to)
        .add("service", service)
        .add("status", status);
  }

  private Query summaryQuery() {
    return new Query()
        .add("group_by", groupBy == null ? "day,service" : groupBy)
        .add("from", from)
        .add("to", to);
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
    List<String> groups = new ArrayList<>();
    sums.path("group_by").forEach(group -> groups.add(group.asText()));
    Table table =
        new Table(
            with(
                groups.stream().map(group -> group.toUpperCase(Locale.ROOT)),
                ">RUNS",
                ">SUCCEEDED",
                ">NOT SUCCEEDED",
                ">CREDITS",
                ">AVERAGE MS"));
    for (JsonNode row : sums.path("items")) {
      table.row(
          with(
              groups.stream().map(group -> row.path(group).asText()),
              row.path("runs").asText(),
              row.path("succeeded").asText(),
              row.path("not_succeeded").asText(),
              Json.amount(row.path("credits_consumed")),
              row.path("average_duration_ms").asText()));
    }
    table.print(terminal, "There are no runs.");
  }

  private static String[] with(Stream<String> groups, String... sums) {
    return Stream.concat(groups, Stream.of(sums)).toArray(String[]::new);
  }
}
