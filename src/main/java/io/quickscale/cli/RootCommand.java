package io.quickscale.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quickscale} itself, which only says what commands there are. */
@Command(
    name = "quickscale",
    description =
        "Metered, paid and audited AI services: write them, run them, run a server of them.",
    versionProvider = RootCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale list-services",
      "  quickscale run sentiment_analysis --input '{\"text\": \"I love it\"}'",
      "  quickscale COMMAND --help        each command's options, with examples",
    })
final class RootCommand implements Runnable {
  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  /** Reached without a command only. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: a command is missing.");
  }

  /** The jar's version; classes that are in no jar have none. */
  static final class Version implements IVersionProvider {
    static String number() {
      String version = RootCommand.class.getPackage().getImplementationVersion();
      return version == null ? "(not built)" : version;
    }

    @Override
    public String[] getVersion() {
      return new String[] {
        "quickscale " + number() + " (Java " + System.getProperty("java.version") + ")"
      };
    }
  }
}
