package io.quickscale.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Maven as the command line wants it: quiet, and without what is ./scripts/test's business. */
public final class Maven {
  private static final List<String> QUIET =
      List.of(
          "mvn",
          "-q",
          "-B",
          "-ntp",
          "-Dstyle.color=never",
          "-Dmaven.test.skip=true",
          "-Dspotless.check.skip=true",
          "-Dquickscale.failOnWarning=false");

  private Maven() {}

  /**
   * Runs Maven in a folder until it ends.
   *
   * @param show gets each line that Maven says, which is none if all is well
   * @param arguments goals, phases and options
   * @return whether it succeeded
   * @throws UncheckedIOException Maven cannot be started
   * @throws InterruptedException this thread was interrupted; Maven goes on
   */
  public static boolean run(Path folder, Consumer<String> show, List<String> arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>(QUIET);
    command.addAll(arguments);
    try {
      Process maven =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      // Quiet Maven still resets the terminal's colours, on lines of their own.
      maven.inputReader().lines().map(Maven::plain).filter(line -> !line.isBlank()).forEach(show);
      return maven.waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Maven cannot be started: install Maven 3.8 or later, so that mvn is in the PATH", e);
    }
  }

  private static String plain(String line) {
    return line.replaceAll("\u001B\\[[0-9;]*m", "");
  }
}
