package io.quickscale.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How a server of one make is started in a process of its own. */
interface ServerKind {
  /**
   * Compiles quickly rather than well: these servers start often and work little, and a start costs
   * half the processor time so. {@code arquillian.xml} says the same to its servers.
   */
  List<String> JVM_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** The server that this run of the tests is about. */
  static ServerKind underTest() {
    return "wildfly".equals(System.getProperty("arquillian.launch"))
        ? new WildFlyKind(Path.of(System.getProperty("quickscale.test.wildfly.home")))
        : new PayaraMicroKind();
  }

  /**
   * The command that starts it.
   *
   * @param folder for what it writes; the same at the next start
   * @param war in the folder
   * @param databaseUrl says which configuration is needed, where there is more than one
   */
  List<String> command(Path folder, Path war, Ports ports, String databaseUrl) throws IOException;

  /** What the command wants in its environment. */
  default Map<String, String> environment() {
    return Map.of();
  }

  /** Whether a service can have MicroProfile's {@code MetricRegistry} injected. */
  boolean hasMicroProfileMetrics();

  /** Where it tells whether it is ready; only when all of them answer with 200. */
  List<URI> readiness(Ports ports);

  /** Where it listens, on this machine alone. */
  record Ports(int http, int https, int management) {
    URI root() {
      return on(http);
    }

    URI on(int port) {
      return URI.create("http://127.0.0.1:" + port + "/");
    }
  }
}
