package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
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
              "%s given back%s; the account has %s now.%n",
              Texts.credits(refund.path("refunded_credits")),
              forfeited(refund.path("forfeited_credits").decimalValue()),
              Json.amount(refund.path("available_credits")));
    }
    return ExitCode.DONE;
  }

  private static String forfeited(BigDecimal credits) {
    return credits.signum() == 0
        ? ""
        : ", but %s of it to grants that have expired or were voided, where nobody can spend it"
            .formatted(Json.amount(DecimalNode.valueOf(credits)));
  }
}
