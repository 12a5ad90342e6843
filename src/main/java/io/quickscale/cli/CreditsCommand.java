package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What an account has, and what moved it. */
@Command(
    name = "credits",
    description = "Show the balance, the grants and the ledger.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale credits",
      "  quickscale credits --transactions --limit 20",
      "  quickscale credits --transactions --from 2026-11-01T00:00:00Z --csv > november.csv",
      "  quickscale credits --transactions --service sentiment_analysis",
      "  quickscale credits --user ada@example.org      (admin)",
    })
final class CreditsCommand extends ServerCommand {
  private static final int ROWS = 50;

  @Option(names = "--transactions", description = "The ledger's rows, newest first.")
  boolean transactions;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The most rows (50; as CSV all of them).")
  Integer limit;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Rows from then on, such as 2026-11-01T00:00:00Z.")
  String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Rows before.")
  String to;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "Rows of this service's runs only.")
  String service;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Rows of runs that are so only: succeeded, failed or abandoned.")
  String status;

  @Option(names = "--csv", description = "Print the rows as CSV, for spreadsheets.")
  boolean csv;

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Another user's, by id or e-mail address (admin).")
  String user;

  CreditsCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    requireLimit(limit);
    requireOneFormat(csv);
    if (!transactions && (csv || !narrowing().isEmpty())) {
      throw wrongUse("--from, --to, --service, --status and --csv belong to --transactions.");
    }
    Api api = api();
    String whose = user == null ? "/api/v1/credits" : UserReference.path(api, user);
    if (!transactions) {
      showBalance(api.get(user == null ? whose : whose + "/credits"));
      return ExitCode.DONE;
    }
    Query query = narrowing();
    if (csv) {
      printCsv(api, whose + "/transactions" + query.add("limit", limit));
    } else {
      showTransactions(items(api, whose + "/transactions" + query, limit == null ? ROWS : limit));
    }
    return ExitCode.DONE;
  }

  private Query narrowing() {
    return new Query()
        .add("from", from)
        .add("to", to)
        .add("service", service)
        .add("status", status);
  }

  private void showBalance(JsonNode credits) {
    if (json) {
      print(credits);
      return;
    }
    amount("available", credits.path("available_credits"));
    amount("  subscription", credits.path("subscription_credits"));
    amount("  pay as you go", credits.path("pay_as_you_go_credits"));
    amount("held by runs", credits.path("held_credits"));
    JsonNode soon = credits.path("expiring_soon");
    amount("expire in " + soon.path("within_days").asText() + " days", soon.path("credits"));
    terminal.out().println();
    Table table = new Table("GRANT", "KIND", ">AMOUNT", ">LEFT", "STATE", "EXPIRES", "DESCRIPTION");
    for (JsonNode grant : credits.path("grants")) {
      table.row(
          grant.path("id").asText(),
          grant.path("kind").asText(),
          Json.amount(grant.path("amount")),
          Json.amount(grant.path("remaining")),
          grant.path("state").asText(),
          Texts.time(grant.path("expires_at")),
          grant.path("description").asText());
    }
    table.print(terminal, "There are no grants.");
  }

  private void amount(String title, JsonNode amount) {
    terminal.out().printf("%-19s %s%n", title, Json.amount(amount));
  }

  private void showTransactions(ArrayNode rows) {
    if (json) {
      print(Json.object().set("items", rows));
      return;
    }
    Table table = new Table("TIME", "KIND", ">AMOUNT", "GRANT", "USAGE", "DESCRIPTION");
    for (JsonNode row : rows) {
      table.row(
          Texts.time(row.path("created_at")),
          row.path("kind").asText(),
          Json.amount(row.path("amount")),
          row.path("grant_id").asText(),
          row.path("usage_id").asText(),
          row.path("description").asText());
    }
    table.print(terminal, "Nothing has moved yet.");
  }
}
