package io.quickscale.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a service whose class is gone out of the lists. */
@Command(
    name = "forget-service",
    description = "Forget a service whose class is gone; its history stays (admin).",
    footerHeading = Subcommand.EXAMPLES,
    footer = "  quickscale forget-service old_translator")
final class ForgetServiceCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME", description = "The service's name.")
  String name;

  ForgetServiceCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    api().delete("/api/v1/admin/services/" + Api.encode(name));
    if (json) {
      print(Json.object().put("name", name).put("forgotten", true));
    } else {
      terminal.out().println("Forgotten: " + Texts.clean(name));
    }
    return ExitCode.DONE;
  }
}
