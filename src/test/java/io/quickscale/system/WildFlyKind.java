package io.quickscale.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** WildFly, as {@code server-config/wildfly/configure.sh} has configured it for the tests. */
final class WildFlyKind implements ServerKind {
  private final Path home;

  WildFlyKind(Path home) {
    this.home = home;
  }

  @Override
  public List<String> command(Path folder, Path war, Ports ports, String databaseUrl)
      throws IOException {
    Path base = folder.resolve("wildfly");
    copyConfiguration(base.resolve("configuration"));
    Files.createDirectories(base.resolve("lib/ext"));
    Path deployments = Files.createDirectories(base.resolve("deployments"));
    Files.copy(war, deployments.resolve(war.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    return List.of(
        home.resolve("bin/standalone.sh").toString(),
        "--server-config=" + configurationFor(databaseUrl),
        "-Djboss.server.base.dir=" + base,
        "-Duser.timezone=UTC",
        "-Djboss.bind.address=127.0.0.1",
        "-Djboss.bind.address.management=127.0.0.1",
        "-Djboss.http.port=" + ports.http(),
        "-Djboss.https.port=" + ports.https(),
        "-Djboss.management.http.port=" + ports.management());
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("PREPEND_JAVA_OPTS", String.join(" ", JVM_OPTIONS));
  }

  @Override
  public boolean hasMicroProfileMetrics() {
    return false;
  }

  /** Its health knows of the server alone while the application is being deployed. */
  @Override
  public List<URI> readiness(Ports ports) {
    return List.of(
        ports.root().resolve("api/v1/services"),
        ports.on(ports.management()).resolve("health/ready"));
  }

  private static String configurationFor(String databaseUrl) {
    return databaseUrl.startsWith("jdbc:postgresql:")
        ? "standalone-postgresql.xml"
        : "standalone-h2.xml";
  }

  private void copyConfiguration(Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.newDirectoryStream(home.resolve("standalone/configuration"), "*.*")) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
