package io.quickscale.system;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A server in a process of its own, to be stopped, killed and started again. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ServerKind kind;
  private final ServerKind.Ports ports;
  private final ProcessBuilder builder;
  private final Path log;
  private Process process;

  private ServerProcess(ServerKind kind, ServerKind.Ports ports, ProcessBuilder builder, Path log) {
    this.kind = kind;
    this.ports = ports;
    this.builder = builder;
    this.log = log;
  }

  /** Starts the server; its embedded database and its log are in the folder. */
  static ServerProcess start(WebArchive application, Path folder) throws IOException {
    return start(application, folder, embeddedDatabase(folder));
  }

  /**
   * Starts the server; its log is in the folder.
   *
   * @param settings its environment, the database among it
   */
  static ServerProcess start(WebArchive application, Path folder, Map<String, String> settings)
      throws IOException {
    Files.createDirectories(folder);
    Path war = folder.resolve("ROOT.war");
    application.as(ZipExporter.class).exportTo(war.toFile(), true);
    Path log = folder.resolve("server.log");
    ServerKind kind = ServerKind.underTest();
    ServerKind.Ports ports = new ServerKind.Ports(freePort(), freePort(), freePort());
    ProcessBuilder builder =
        new ProcessBuilder(kind.command(folder, war, ports, settings.get("QUICKSCALE_DB_URL")))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    var environment = builder.environment();
    environment.remove("QUICKSCALE_BOOTSTRAP_ADMIN_KEY");
    environment.remove("QUICKSCALE_BOOTSTRAP_DEMO_KEY");
    environment.put("QUICKSCALE_HTTP_ADDRESS", "127.0.0.1");
    environment.put("QUICKSCALE_DATA_DIR", folder.toString());
    environment.putAll(kind.environment());
    environment.putAll(settings);
    ServerProcess server = new ServerProcess(kind, ports, builder, log);
    // Tests that are broken off must not leave servers behind.
    Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
    server.startAgain();
    return server;
  }

  /** Starts it on the same port with the same data. */
  void startAgain() throws IOException {
    process = builder.start();
  }

  /** The application, once it is ready. */
  QuickScale ready() {
    Eventually.holds(
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("The server has ended: " + log());
          }
          if (!isReady()) {
            throw new AssertionError("The server is not ready: " + log());
          }
        });
    return new QuickScale(ports.root());
  }

  /** Waits until it has died by itself. */
  void awaitEnd() {
    awaitEndOf(process.toHandle());
  }

  /** All that it has logged so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new AssertionError("There is no log", e);
    }
  }

  /** Ends it at once, like kill -9. */
  void kill() {
    // Its script, if it has one, would go on for a moment; and without it, the server would.
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(ServerProcess::awaitEndOf);
  }

  private static void awaitEndOf(ProcessHandle process) {
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }

  /** Whether it says that it can take runs. */
  boolean isReady() throws IOException, InterruptedException {
    for (URI uri : kind.readiness(ports)) {
      if (!isFine(uri)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFine(URI uri) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException notYetListening) {
      return false;
    }
  }

  /** A database of the server's own in the folder. */
  static Map<String, String> embeddedDatabase(Path folder) {
    return Map.of(
        "QUICKSCALE_DB_URL", "jdbc:h2:retry:" + folder.resolve("data") + ";WRITE_DELAY=0",
        "QUICKSCALE_DB_USER", "quickscale",
        "QUICKSCALE_DB_PASSWORD", "quickscale",
        "QUICKSCALE_DB_DRIVER", "org.h2.jdbcx.JdbcDataSource");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
