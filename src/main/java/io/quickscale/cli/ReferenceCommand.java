package io.quickscale.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** Prints the reference page of the documentation, which is the help of all commands. */
@Command(name = "reference", hidden = true, description = "Print the reference of all commands.")
final class ReferenceCommand extends Subcommand {
  private static final int WIDTH = 100;

  private static final String INTRODUCTION =
      """
      # Command line: reference

      What `--help` says of each command. Made by `./scripts/quickscale reference`; a test compares. How to
      use them: [command line](../how-to/command-line.md).

      Exit codes: 0 done, 1 the thing failed, 2 wrong use.

      | environment | meaning |
      |---|---|
      | `QUICKSCALE_URL` | the server (`http://localhost:8080`, or that of the profile in use) |
      | `QUICKSCALE_API_KEY` | the API key |
      | `XDG_CONFIG_HOME` | profiles are in `quickscale/profiles.json` there (`~/.config`) |
      | `NO_COLOR` | no colours on a terminal |
      | `QUICKSCALE_DEBUG` | where a mistake of the command line itself happened, for a report |

      Options go before the environment, and that before the profile in use. With `--profile` the environment
      does not count. A profile's key is sent to the profile's server only.
      """;

  ReferenceCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    terminal.out().print(INTRODUCTION);
    describe(spec.root().commandLine());
    terminal.out().flush();
    return ExitCode.DONE;
  }

  private void describe(CommandLine command) {
    if (command.getCommandSpec().usageMessage().hidden()) {
      return;
    }
    terminal.out().printf("%n## %s%n%n```text%n", command.getCommandSpec().qualifiedName());
    int width = command.getUsageHelpWidth();
    command.setUsageHelpWidth(WIDTH);
    terminal.out().println(command.getUsageMessage(Ansi.OFF).stripTrailing());
    command.setUsageHelpWidth(width);
    terminal.out().println("```");
    for (Map.Entry<String, CommandLine> own : command.getSubcommands().entrySet()) {
      describe(own.getValue());
    }
  }
}
