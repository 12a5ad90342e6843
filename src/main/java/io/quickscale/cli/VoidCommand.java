package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes back what is left of a grant. */
@Command(
    name = "void",
    description = "Take back what is left of a grant (admin).",
    footerHeading = Subcommand.EXAMPLES,
    footer = "  quickscale void 0SAEQMYKM041M --reason 'invoice cancelled'")
final class VoidCommand extends TakeBackCommand {
  @Parameters(paramLabel = "GRANT", description = "The grant's id.")
  String grant;

  VoidCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    JsonNode voided = ask("/api/v1/admin/grants/" + Api.encode(grant) + "/void");
    if (json) {
      print(voided);
    } else {
      terminal
          .out()
          .printf(
              "%s taken back; the account has %s now.%n",
              Texts.credits(voided.path("voided_credits")),
              Json.amount(voided.path("available_credits")));
    }
    return ExitCode.DONE;
  }
}
