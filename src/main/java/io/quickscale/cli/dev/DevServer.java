package io.quickscale.cli.dev;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project's launcher, told line by line to deploy again. */
public final class DevServer implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("QuickScale is ready: (\\S+)");
  private static final Pattern KEY = Pattern.compile("\\s*demo user key\\s+(qs_\\S+)");
  private static final Pattern DEFINITION_ERROR = Pattern.compile("QS\\d{3}: .*");

  private final Process launcher;
  private final BufferedReader answers;
  private final Writer orders;
  private final Thread closing = new Thread(this::endWithThisProcess);
  private volatile boolean ending;
  private String url = "";
  private Optional<String> key = Optional.empty();

  private DevServer(Process launcher) {
    this.launcher = launcher;
    this.answers = launcher.inputReader();
    this.orders = launcher.outputWriter();
    Runtime.getRuntime().addShutdownHook(closing);
  }

  /**
   * Starts the launcher and shows what it says until the application is ready.
   *
   * @param root the project, which has {@code scripts/run}
   * @param environment added to this process's
   * @return the server, or nothing if it did not start: the launcher has shown why
   */
  public static Optional<DevServer> start(
      Path root, String server, Path war, Map<String, String> environment, Consumer<String> show) {
    ProcessBuilder builder =
        new ProcessBuilder(
            root.resolve("scripts/run").toString(),
            "--server",
            server,
            "--unpacked",
            war.toString());
    builder.directory(root.toFile()).redirectErrorStream(true).environment().putAll(environment);
    try {
      DevServer started = new DevServer(builder.start());
      if (started.awaitReady(show)) {
        return Optional.of(started);
      }
      started.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + root.resolve("scripts/run"), e);
    }
  }

  private boolean awaitReady(Consumer<String> show) throws IOException {
    for (String line = nextLine(); line != null; line = nextLine()) {
      show.accept(line);
      Matcher ready = URL.matcher(line);
      Matcher demo = KEY.matcher(line);
      if (ready.find()) {
        url = ready.group(1);
      }
      if (demo.matches()) {
        key = Optional.of(demo.group(1));
      }
      if (line.equals("ctrl-C stops it.")) {
        return true;
      }
    }
    return false;
  }

  /** Where the application answers. */
  public String url() {
    return url;
  }

  /** The demo user's key, if this start has shown it. */
  public Optional<String> key() {
    return key;
  }

  /** Whether it can be told anything. */
  public boolean runs() {
    return launcher.isAlive();
  }

  /**
   * Deploys again what is in the folder.
   *
   * @return why that failed: the definition errors alone, if there are any; nothing if it succeeded
   */
  public List<String> redeploy() {
    try {
      orders.write("redeploy\n");
      orders.flush();
      List<String> said = new ArrayList<>();
      String line = nextLine();
      while (line != null && !line.equals(".")) {
        said.add(line);
        line = nextLine();
      }
      return said.equals(List.of("redeployed")) ? List.of() : reasons(said);
    } catch (IOException e) {
      stayIfThisProcessEnds();
      return List.of("the server has stopped");
    }
  }

  /** What the launcher prints next; null once it has ended. */
  private String nextLine() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      stayIfThisProcessEnds();
    }
    return line;
  }

  /** ctrl-C ends the launcher too: that is no failure to be told, and nothing to start again. */
  private void stayIfThisProcessEnds() {
    while (ending) {
      LockSupport.park(this);
    }
  }

  private static List<String> reasons(List<String> said) {
    List<String> definitions =
        said.stream()
            .map(DEFINITION_ERROR::matcher)
            .filter(Matcher::find)
            .map(Matcher::group)
            .distinct()
            .toList();
    List<String> all = said.stream().filter(line -> !line.equals("not redeployed")).toList();
    if (!definitions.isEmpty()) {
      return definitions;
    }
    return all.isEmpty() ? List.of("the server has stopped") : all;
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(closing);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook is what runs.
      return;
    }
  }

  private void endWithThisProcess() {
    ending = true;
    stop();
  }

  private void stop() {
    // Not the process's own destroy(), which closes what the launcher still writes to.
    launcher.toHandle().destroy();
    try {
      launcher.waitFor(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
