package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and how their help and their errors are shown. */
final class CommandLineTool {
  private static final String DEBUG = "QUICKSCALE_DEBUG";

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
    group(
        "Use services",
        new ListServicesCommand(terminal),
        new RunCommand(terminal),
        new BatchCommand(terminal),
        new JobsCommand(terminal),
        new PipelinesCommand(terminal),
        new CreditsCommand(terminal),
        new UsageCommand(terminal),
        new KeysCommand(terminal));
    group(
        "Run a server of them",
        new ConfigureServiceCommand(terminal),
        new ForgetServiceCommand(terminal),
        new UsersCommand(terminal),
        new GrantCommand(terminal),
        new VoidCommand(terminal),
        new RefundCommand(terminal),
        new AuditLogCommand(terminal),
        new VerifyCommand(terminal));
    group(
        "Write services",
        new GenerateServiceCommand(terminal),
        new DevCommand(terminal),
        new ValidateServiceCommand(terminal),
        new ServiceExamplesCommand(terminal),
        new InitCommand(terminal));
    group(
        "This tool",
        new DoctorCommand(terminal),
        new ProfileCommand(terminal),
        new CompletionCommand(terminal),
        new ReferenceCommand(terminal),
        new WarmUpCommand(terminal));
  }

  private void group(String heading, Subcommand... commands) {
    List<String> names = namesByGroup.computeIfAbsent(heading, any -> new ArrayList<>());
    for (Subcommand command : commands) {
      CommandLine added = new CommandLine(command);
      if (command instanceof CommandGroup own) {
        own.commands().forEach(added::addSubcommand);
      }
      if (!added.getCommandSpec().usageMessage().hidden()) {
        names.add(added.getCommandName());
      }
      commandLine.addSubcommand(added);
    }
  }

  /** Does what the arguments say and gives the exit code. */
  int run(String... arguments) {
    int exitCode;
    try {
      exitCode = commandLine.execute(withDefaultCommand(arguments));
    } catch (OutOfMemoryError e) {
      say("This does not fit into the memory of this process.");
      exitCode = ExitCode.FAILED;
    }
    terminal.out().flush();
    terminal.err().flush();
    return exitCode;
  }

  /** {@code quickscale users} is {@code quickscale users list}, with options too. */
  private String[] withDefaultCommand(String[] arguments) {
    CommandLine named =
        arguments.length == 0 ? null : commandLine.getSubcommands().get(arguments[0]);
    boolean isGroup = named != null && named.getCommand() instanceof CommandGroup;
    boolean saysMore =
        arguments.length > 1
            && (!arguments[1].startsWith("-") || List.of("-h", "--help").contains(arguments[1]));
    if (!isGroup || saysMore) {
      return arguments;
    }
    List<String> said = new ArrayList<>(List.of(arguments));
    said.add(1, CommandGroup.DEFAULT);
    return said.toArray(String[]::new);
  }

  /** For those who describe the commands instead of using them. */
  CommandLine commandLine() {
    return commandLine;
  }

  private void configure() {
    commandLine
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(Help.defaultColorScheme(terminal.outColours()))
        .setUsageHelpWidth(Math.min(terminal.width(), 120))
        .setUsageHelpLongOptionsMaxWidth(30)
        // Else picocli would take "--input @file" for a file of arguments, if it is there.
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(int.class, Numbers::whole)
        .registerConverter(Integer.class, Numbers::whole)
        .registerConverter(BigDecimal.class, Numbers::credits)
        .registerConverter(URI.class, CommandLineTool::url)
        .setParameterExceptionHandler((wrong, arguments) -> showWrongUse(wrong))
        .setExecutionExceptionHandler((failure, command, parsed) -> showFailure(failure, command));
    abbreviateSynopsis(commandLine);
    var sections = commandLine.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, this::commandsByGroup);
  }

  /** In a profile or the environment a wrong URL is a failure; on the command line, wrong use. */
  private static URI url(String text) {
    try {
      return Server.url(text);
    } catch (Failure e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** The options stand below; a list of them all says less than a line that can be read. */
  private static void abbreviateSynopsis(CommandLine command) {
    command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    command.getSubcommands().values().forEach(CommandLineTool::abbreviateSynopsis);
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

  private int showWrongUse(ParameterException wrong) {
    CommandLine where = wrong.getCommandLine();
    // An option that is misspelt may be the very one that is missing.
    List<String> unknown =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched()
            : where.getUnmatchedArguments();
    if (unknown.isEmpty()) {
      say(wrong.getMessage());
    } else {
      sayUnknown(unknown.get(0).split("=", 2)[0], where.getCommandSpec());
    }
    sayWhereHelpIs(where);
    return ExitCode.WRONG_USE;
  }

  private void sayWhereHelpIs(CommandLine where) {
    terminal.err().println("See: " + where.getCommandSpec().qualifiedName() + " --help");
  }

  private void sayUnknown(String word, CommandSpec where) {
    boolean isOption = word.startsWith("-");
    boolean isCommand = !isOption && !where.subcommands().isEmpty();
    String what = isOption ? "option" : isCommand ? "command" : "argument";
    Collection<String> known =
        isOption ? where.optionsMap().keySet() : visible(where.subcommands());
    List<String> meant = Suggestions.near(word, known);
    say(
        (isOption || isCommand ? "There is no %s '%s'.%s" : "One %s too many: '%s'.%s")
            .formatted(
                what,
                Texts.clean(word),
                meant.isEmpty() ? "" : " Did you mean " + String.join(" or ", meant) + "?"));
  }

  private static List<String> visible(Map<String, CommandLine> commands) {
    return commands.entrySet().stream()
        .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .toList();
  }

  private int showFailure(Exception failure, CommandLine command) {
    if (!(failure instanceof Failure)) {
      return showOwnMistake(failure);
    }
    Subcommand subcommand = command.getCommand();
    boolean isWrongUse = subcommand.isWrongUse((Failure) failure);
    OptionSpec json = command.getCommandSpec().findOption("--json");
    if (json != null && Boolean.TRUE.equals(json.getValue())) {
      terminal.err().println(Json.line(asJson(failure)));
    } else {
      say(failure.getMessage());
      if (isWrongUse) {
        sayWhereHelpIs(command);
      }
    }
    return isWrongUse ? ExitCode.WRONG_USE : ExitCode.FAILED;
  }

  /** What nobody has foreseen: users get a sentence, and who mends it gets the place. */
  private int showOwnMistake(Exception failure) {
    say("This is a mistake of the command line itself. Please report what you did.");
    if (terminal.environment(DEBUG).isPresent()) {
      failure.printStackTrace(terminal.err());
    } else {
      terminal.err().println("With " + DEBUG + "=1 it says where it happened.");
    }
    return ExitCode.FAILED;
  }

  private static JsonNode asJson(Exception failure) {
    return failure instanceof ProblemFailure refused
        ? refused.problem()
        : Json.object().put("code", "failed").put("detail", failure.getMessage());
  }

  /** With the commands that it advises as the user calls them. */
  private String pasteable(String message) {
    String names = String.join("|", visible(commandLine.getSubcommands()));
    return message.replaceAll(
        "\\bquickscale (?=(%s)\\b)".formatted(names),
        Matcher.quoteReplacement(terminal.command() + " "));
  }

  private void say(String message) {
    terminal
        .err()
        .println(terminal.errColours().string("@|bold,red quickscale:|@ ") + pasteable(message));
  }
}
