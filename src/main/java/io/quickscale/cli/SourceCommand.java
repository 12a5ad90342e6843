package io.quickscale.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A command that works on sources, without a server. */
abstract class SourceCommand extends Subcommand {
  @Option(names = "--json", description = "Print JSON, for scripts.")
  boolean json;

  SourceCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public final Integer call() {
    return onSources(this::work);
  }

  /**
   * Does what the command is for.
   *
   * @return the exit code
   * @throws IllegalArgumentException an argument cannot be used; the message says what to do
   */
  abstract int work();

  /** A path as the user would write it. */
  final String shown(Path path) {
    return SourceFolders.shown(terminal, path);
  }
}
