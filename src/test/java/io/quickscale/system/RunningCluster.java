package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.system.QuickScale.Caller;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The cluster that {@code ./scripts/cluster up} started, as its {@code check} describes it. */
final class RunningCluster {
  private static final Pattern SUCCEEDED =
      Pattern.compile("quickscale_runs_total\\{[^}]*outcome=\"succeeded\"[^}]*} ([0-9.E]+)");

  private final String adminKey = setting("ADMIN_KEY");
  private final Path folder = Path.of(setting("DIR"));
  private final List<QuickScale> nodes =
      Stream.of(setting("NODES").split(",")).map(this::at).toList();

  /** What callers see: the balancer. */
  QuickScale all() {
    return at(setting("URL"));
  }

  /** The nodes themselves, past the balancer. */
  List<QuickScale> nodes() {
    return nodes;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        setting("DB_URL"), setting("DB_USER"), setting("DB_PASSWORD"));
  }

  /** Does to the cluster what an operator would, and waits until it is done. */
  void script(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("./scripts/cluster"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** How often each node's log says this, the first node first. */
  List<Long> logged(String words) throws IOException {
    List<Long> counts = new ArrayList<>();
    for (int node = 1; node <= nodes.size(); node++) {
      try (Stream<String> lines = Files.lines(folder.resolve("node" + node + "/server.log"))) {
        counts.add(lines.filter(line -> line.contains(words)).count());
      }
    }
    return counts;
  }

  /** How many runs each node has ended well since its start, the first node first. */
  List<Long> succeeded() {
    return nodes.stream().map(RunningCluster::succeeded).toList();
  }

  private static long succeeded(QuickScale node) {
    String metrics = node.anybody().get("/metrics").expect(200).body();
    return SUCCEEDED
        .matcher(metrics)
        .results()
        .mapToLong(run -> (long) Double.parseDouble(run.group(1)))
        .sum();
  }

  /** A user with more credits than the check can spend. */
  Caller customer() {
    return all().newUser(1_000_000);
  }

  private QuickScale at(String url) {
    return new QuickScale(URI.create(url + "/"), adminKey);
  }

  private static String setting(String name) {
    return System.getenv("QUICKSCALE_CLUSTER_" + name);
  }
}
