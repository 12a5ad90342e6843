package io.quickscale.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/** What a command has around it: where it reads and writes, the environment, the folder. */
final class Terminal {
  private static final int DEFAULT_WIDTH = 100;
  private static final int LEAST_WIDTH = 40;

  private final Map<String, String> environment;
  private final Path directory;
  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private final int width;

  /**
   * Surroundings of any kind.
   *
   * @param directory what relative paths are relative to
   * @param outIsTerminal whether somebody reads what is written there, as it is written
   * @param errIsTerminal the same for errors and progress
   * @param width columns of the terminal
   */
  Terminal(
      Map<String, String> environment,
      Path directory,
      InputStream in,
      PrintWriter out,
      PrintWriter err,
      boolean outIsTerminal,
      boolean errIsTerminal,
      int width) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
    this.in = in;
    this.out = out;
    this.err = err;
    this.outIsTerminal = outIsTerminal;
    this.errIsTerminal = errIsTerminal;
    this.width = Math.max(LEAST_WIDTH, width);
  }

  /**
   * This process's own. The launcher says what is a terminal and how wide it is, which Java cannot
   * find out; without the launcher, a console is asked for.
   */
  static Terminal ofProcess() {
    boolean console = System.console() != null;
    return new Terminal(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        System.in,
        writer(System.out),
        writer(System.err),
        Boolean.parseBoolean(
            System.getProperty("quickscale.cli.out-is-terminal", Boolean.toString(console))),
        Boolean.parseBoolean(
            System.getProperty("quickscale.cli.err-is-terminal", Boolean.toString(console))),
        Integer.getInteger("quickscale.cli.width", DEFAULT_WIDTH));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** What the command gives, for people or for scripts. */
  PrintWriter out() {
    return out;
  }

  /** Errors, progress, and remarks that are not part of what the command gives. */
  PrintWriter err() {
    return err;
  }

  InputStream in() {
    return in;
  }

  /** Asks for a secret that is not shown while it is typed; nothing if there is nobody to ask. */
  Optional<String> readSecret(String prompt) {
    Console console = errIsTerminal ? System.console() : null;
    return Optional.ofNullable(console)
        .map(shown -> shown.readPassword("%s", prompt))
        .map(String::valueOf);
  }

  /** An environment variable that is set and not empty. */
  Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * A path as the user wrote it; a relative one is relative to the working directory.
   *
   * @throws Failure no file can have this name
   */
  Path resolve(String path) {
    return directory.resolve(path(path));
  }

  /**
   * A path as it is written.
   *
   * @throws Failure no file can have this name
   */
  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new Failure("'" + Texts.clean(text) + "' cannot be the name of a file here.", e);
    }
  }

  Path directory() {
    return directory;
  }

  int width() {
    return width;
  }

  /** How this tool was called, for commands that are shown to be pasted. */
  String command() {
    return System.getProperty("quickscale.cli.command", "quickscale");
  }

  /** Whether somebody watches {@link #err()}: only then may it show a bar that moves. */
  boolean errIsTerminal() {
    return errIsTerminal;
  }

  boolean outIsTerminal() {
    return outIsTerminal;
  }

  /** Whether colours are shown on {@link #out()}. */
  Ansi outColours() {
    return colours(outIsTerminal);
  }

  /** Whether colours are shown on {@link #err()}. */
  Ansi errColours() {
    return colours(errIsTerminal);
  }

  private Ansi colours(boolean isTerminal) {
    boolean wanted = environment("NO_COLOR").isEmpty() && !"dumb".equals(environment.get("TERM"));
    return isTerminal && wanted ? Ansi.ON : Ansi.OFF;
  }
}
