package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives back what a run cost. */
@Command(
    name = "refund",
    description = "Give back what a run cost (admin).",
    footerHeading = Subcommand.EXAMPLES,
    footer = "  quickscale refund 0SAEQQHS404F2 --reason 'wrong result'")
final class RefundCommand extends TakeBackCommand {
  @Parameters(paramLabel = "USAGE", description = "The run's usage id.")
  String usage;

  RefundCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    JsonNode refund = ask("/api/v1/admin/usage/" + Api.encode(usage) + "/refund");
    if (json) {
      print(refund);
    } else {
      terminal
          .out()
          .printf(
              "%s given back; the account has %s now.%n",
              Texts.credits(refund.path("refunded_credits")),
              Json.amount(refund.path("available_credits")));
    }
    return ExitCode.DONE;
  }
}
