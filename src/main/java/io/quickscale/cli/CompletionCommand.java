package io.quickscale.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the script that completes commands and options. */
@Command(
    name = "completion",
    description = "Print the completion script for a shell.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  source <(quickscale completion bash)",
      "  quickscale completion zsh >> ~/.zshrc",
    })
final class CompletionCommand extends Subcommand {
  /** The shells that picocli writes scripts for; its bash script is also zsh's. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  Shell shell;

  CompletionCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    terminal.out().print(AutoComplete.bash("quickscale", spec.root().commandLine()));
    terminal.out().flush();
    return ExitCode.DONE;
  }
}
