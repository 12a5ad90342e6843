package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * A PostgreSQL of a test's own, as durable as in production, which can be stopped without warning.
 */
final class DurablePostgreSql implements AutoCloseable {
  private static final String USER = "postgres";

  private final Path folder;
  private EmbeddedPostgres postgres;

  private DurablePostgreSql(Path folder, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  /** Starts one with its data in the folder. */
  static DurablePostgreSql start(Path folder) throws IOException {
    return new DurablePostgreSql(folder, in(folder).start());
  }

  /** The library's own defaults would hide what commits cost, and lose them in a crash. */
  static EmbeddedPostgres.Builder durable() {
    return EmbeddedPostgres.builder()
        .setServerConfig("listen_addresses", "localhost")
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on");
  }

  /** Stops it in immediate mode: no goodbye to its clients, recovery at the next start. */
  void stopAtOnce() throws Exception {
    String pid = Files.readAllLines(folder.resolve("postmaster.pid")).get(0);
    assertThat(new ProcessBuilder("kill", "-QUIT", pid).inheritIO().start().waitFor()).isZero();
    Eventually.holds(() -> assertThat(ProcessHandle.of(Long.parseLong(pid))).isNotPresent());
  }

  /** Starts it with the same data on the same port. */
  void startAgain() throws IOException {
    int port = postgres.getPort();
    // It is gone, but for its lock on the folder.
    postgres.close();
    postgres = in(folder).setPort(port).start();
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), USER, USER);
  }

  /** Runs a statement and returns the number of rows that it changed. */
  int execute(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  int port() {
    return postgres.getPort();
  }

  /** What a server needs in its environment to use it. */
  Map<String, String> settings() {
    return settings(url());
  }

  /** What a server needs in its environment to use it by a way of the test's own. */
  Map<String, String> settings(String url) {
    return Map.of(
        "QUICKSCALE_DB_URL",
        url,
        "QUICKSCALE_DB_USER",
        USER,
        "QUICKSCALE_DB_PASSWORD",
        USER,
        "QUICKSCALE_DB_DRIVER",
        "org.postgresql.ds.PGSimpleDataSource");
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }

  private String url() {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
  }

  private static EmbeddedPostgres.Builder in(Path folder) {
    return durable().setDataDirectory(folder).setCleanDataDirectory(false);
  }
}
