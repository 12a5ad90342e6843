package io.quickscale.system;

import java.io.File;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A server in a process of its own, to be stopped, killed and started again. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ProcessBuilder builder;
  private final Path log;
  private final int port;
  private Process process;

  private ServerProcess(ProcessBuilder builder, Path log, int port) {
    this.builder = builder;
    this.log = log;
    this.port = port;
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
    return start(application, folder, settings, "logging.properties");
  }

  /**
   * Starts the server; its log is in the folder.
   *
   * @param logging which of the server's configurations of the log it uses
   */
  static ServerProcess start(
      WebArchive application, Path folder, Map<String, String> settings, String logging)
      throws IOException {
    Files.createDirectories(folder);
    Path war = folder.resolve("ROOT.war");
    application.as(ZipExporter.class).exportTo(war.toFile(), true);
    Path log = folder.resolve("server.log");
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(command(war, port, logging))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    var environment = builder.environment();
    environment.remove("QUICKSCALE_BOOTSTRAP_ADMIN_KEY");
    environment.remove("QUICKSCALE_BOOTSTRAP_DEMO_KEY");
    environment.put("QUICKSCALE_HTTP_ADDRESS", "127.0.0.1");
    environment.put("QUICKSCALE_DATA_DIR", folder.toString());
    environment.putAll(settings);
    ServerProcess server = new ServerProcess(builder, log, port);
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
    return new QuickScale(root());
  }

  /** Waits until it has died by itself. */
  void awaitEnd() {
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
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
    process.destroyForcibly();
    awaitEnd();
  }

  @Override
  public void close() {
    kill();
  }

  private boolean isReady() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(root().resolve("health/ready")).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException notYetListening) {
      return false;
    }
  }

  private URI root() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  private static List<String> command(Path war, int port, String logging) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Duser.timezone=UTC");
    command.add("-jar");
    command.add(new File("target/server/payara-micro.jar").getAbsolutePath());
    command.addAll(List.of("--nocluster", "--nohazelcast", "--disablephonehome"));
    command.addAll(List.of("--contextroot", "/", "--port", String.valueOf(port)));
    command.addAll(
        List.of(
            "--logproperties", new File("server-config/payara-micro", logging).getAbsolutePath()));
    command.addAll(
        List.of(
            "--prebootcommandfile",
            new File("server-config/payara-micro/boot.asadmin").getAbsolutePath()));
    command.addAll(
        List.of("--addlibs", new File("target/server/postgresql.jar").getAbsolutePath()));
    command.addAll(List.of("--deploy", war.toString()));
    return command;
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
