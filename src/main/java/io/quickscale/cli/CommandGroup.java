package io.quickscale.cli;

import java.util.List;

/** A command that only has commands of its own, one of which lists what there is. */
abstract class CommandGroup extends Subcommand {
  /** The command that is meant where none is said. */
  static final String DEFAULT = "list";

  private final List<Subcommand> commands;

  CommandGroup(Terminal terminal, Subcommand... commands) {
    super(terminal);
    this.commands = List.of(commands);
  }

  List<Subcommand> commands() {
    return commands;
  }

  @Override
  public Integer call() {
    throw wrongUse("Say what to do: a command is missing.");
  }
}
