package io.quickscale.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and how their help and their errors are shown. */
final class CommandLineTool {
  private final Terminal terminal;
  private final CommandLine commandLine;
  private final Map<String, List<String>> namesByGroup = new LinkedHashMap<>();

  CommandLineTool(Terminal terminal) {
    this.terminal = terminal;
    commandLine = new CommandLine(new RootCommand());
    addCommands();
    configure();
  }

  /** Every command, in the order of the help. */
  private void addCommands() {
    group("This tool", new CompletionCommand(terminal));
  }

  private void group(String heading, Subcommand... commands) {
    List<String> names = namesByGroup.computeIfAbsent(heading, any -> new ArrayList<>());
    for (Subcommand command : commands) {
      CommandLine added = new CommandLine(command);
      names.add(added.getCommandName());
      commandLine.addSubcommand(added);
    }
  }

  /** Does what the arguments say and gives the exit code. */
  int run(String... arguments) {
    return commandLine.execute(arguments);
  }

  private void configure() {
    commandLine
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(Help.defaultColorScheme(terminal.outColours()))
        .setUsageHelpWidth(Math.min(terminal.width(), 120))
        .setUsageHelpLongOptionsMaxWidth(30)
        .setParameterExceptionHandler((wrong, arguments) -> showWrongUse(wrong))
        .setExecutionExceptionHandler((failure, command, parsed) -> showFailure(failure, parsed));
    var sections = commandLine.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, this::commandsByGroup);
  }

  private String commandsByGroup(Help help) {
    StringBuilder text = new StringBuilder();
    namesByGroup.forEach(
        (heading, names) -> {
          text.append(String.format("%n%s:%n", heading));
          Help.TextTable table =
              Help.TextTable.forColumns(
                  help.colorScheme(),
                  new Help.Column(22, 2, Help.Column.Overflow.SPAN),
                  new Help.Column(
                      commandLine.getUsageHelpWidth() - 22, 1, Help.Column.Overflow.WRAP));
          for (String name : names) {
            table.addRowValues(
                help.colorScheme().commandText(name),
                help.colorScheme().text(description(help.subcommands().get(name))));
          }
          text.append(table);
        });
    return text.toString();
  }

  private static String description(Help command) {
    String[] lines = command.commandSpec().usageMessage().description();
    return lines.length == 0 ? "" : lines[0];
  }

  private int showWrongUse(CommandLine.ParameterException wrong) {
    CommandLine where = wrong.getCommandLine();
    say(wrong.getMessage());
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      List<String> meant = unmatched.getSuggestions();
      if (!meant.isEmpty()) {
        terminal.err().println("Did you mean: " + String.join(", ", meant) + "?");
      }
    }
    terminal.err().println("See: " + where.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.WRONG_USE;
  }

  private int showFailure(Exception failure, ParseResult parsed) throws Exception {
    if (failure instanceof Failure) {
      say(failure.getMessage());
      return ExitCode.FAILED;
    }
    throw failure;
  }

  private void say(String message) {
    String text = terminal.errColours().string("@|bold,red quickscale:|@ ") + message;
    terminal.err().println(text);
  }
}
