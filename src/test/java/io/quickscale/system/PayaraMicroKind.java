package io.quickscale.system;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro, with a JSON log. */
final class PayaraMicroKind implements ServerKind {
  private static final Path CONFIGURATION = Path.of("server-config", "payara-micro");

  @Override
  public List<String> command(Path folder, Path war, Ports ports, String databaseUrl) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.add("-Duser.timezone=UTC");
    command.add("-Dorg.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110=false");
    command.addAll(List.of("-jar", absolute(Path.of("target/server/payara-micro.jar"))));
    command.addAll(List.of("--nocluster", "--nohazelcast", "--disablephonehome"));
    command.addAll(List.of("--contextroot", "/", "--port", String.valueOf(ports.http())));
    command.addAll(List.of("--logproperties", configuration("logging-json.properties")));
    command.addAll(List.of("--prebootcommandfile", configuration("boot.asadmin")));
    command.addAll(List.of("--addlibs", absolute(Path.of("target/server/postgresql.jar"))));
    command.addAll(List.of("--deploy", war.toString()));
    return command;
  }

  @Override
  public boolean hasMicroProfileMetrics() {
    return true;
  }

  @Override
  public List<URI> readiness(Ports ports) {
    return List.of(ports.root().resolve("health/ready"));
  }

  private static String configuration(String file) {
    return absolute(CONFIGURATION.resolve(file));
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }
}
