package io.quickscale.cli;

import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command. What {@link #call()} returns is the exit code; see {@link ExitCode}. */
abstract class Subcommand implements Callable<Integer> {
  static final String EXAMPLES = "%nExamples:%n";

  protected final Terminal terminal;

  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  boolean help;

  Subcommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** To be thrown where picocli cannot see by itself that the command is used wrongly. */
  protected ParameterException wrongUse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /**
   * Whether a failure says that what stood on the command line was wrong. What the server calls an
   * invalid input was made of options and arguments, unless a command says otherwise.
   */
  boolean isWrongUse(Failure failure) {
    return failure instanceof ProblemFailure refused
        && refused.problem().path("code").asText().equals("invalid_input");
  }

  /** Works on sources; what is wrong with them or with how they were named is told to the user. */
  protected int onSources(IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (IllegalArgumentException e) {
      throw wrongUse(e.getMessage());
    } catch (UncheckedIOException e) {
      throw new Failure(e.getMessage() + ": " + FileTrouble.reason(e.getCause()) + ".", e);
    }
  }
}
