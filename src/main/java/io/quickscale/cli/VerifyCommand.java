package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import picocli.CommandLine.Command;

/** Whether the ledger adds up. */
@Command(
    name = "verify",
    description =
        "Recompute every balance from the ledger; exit code 1 if something does not add up (admin).",
    footerHeading = Subcommand.EXAMPLES,
    footer = {"  quickscale verify", "  quickscale verify --json > verification.json || page-me"})
final class VerifyCommand extends ServerCommand {
  /** A ledger of millions of rows takes its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  VerifyCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    JsonNode report = api(PATIENCE).get("/api/v1/admin/ledger/verify");
    boolean consistent = report.path("consistent").asBoolean();
    if (json) {
      print(report);
    } else {
      show(report, consistent);
    }
    return consistent ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void show(JsonNode report, boolean consistent) {
    String accounts = Texts.count(report.path("accounts_checked").asLong(), "account");
    if (consistent) {
      terminal.out().println("Everything adds up: " + accounts + " checked.");
      return;
    }
    Table table = new Table("ACCOUNT", "WHAT", "ID", ">RECORDED", ">COMPUTED");
    for (JsonNode found : report.path("discrepancies")) {
      table.row(
          found.path("account_id").asText(),
          found.path("kind").asText(),
          found.path("id").asText(),
          Json.amount(found.path("recorded")),
          Json.amount(found.path("computed")));
    }
    table.print(terminal, "");
    terminal
        .err()
        .println(
            "Not everything adds up ("
                + accounts
                + " checked). The operator's guide says what to do.");
  }
}
