package io.quickscale.cli;

/** The command line's process. */
public final class Main {
  private Main() {}

  /** Does what the arguments say and ends the process with the exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLineTool(Terminal.ofProcess()).run(arguments));
  }
}
