package io.quickscale.system;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quickscale.system.QuickScale.Caller;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line's own jar, as its users start it, against the server. */
interface CommandLineBehaviour {
  int LINES = 300;
  int LINES_BEFORE_THE_KILL = 20;

  QuickScale quickScale();

  /** Somebody's command line. */
  record Tool(String url, String key, Path folder) {
    record Outcome(int exitCode, String out, String err) {
      /** What a command with {@code --json} gave. */
      JsonObject json() {
        assertThat(exitCode).as(err).isZero();
        try (JsonReader reader = Json.createReader(new StringReader(out))) {
          return reader.readObject();
        }
      }
    }

    Process start(String... arguments) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-jar");
      command.add(System.getProperty("quickscale.test.cli"));
      command.addAll(List.of(arguments));
      ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
      process.environment().put("QUICKSCALE_URL", url);
      process.environment().put("QUICKSCALE_API_KEY", key);
      process.environment().put("XDG_CONFIG_HOME", folder.toString());
      return process
          .redirectOutput(folder.resolve("out").toFile())
          .redirectError(folder.resolve("err").toFile())
          .start();
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
      int exitCode = start(arguments).waitFor();
      return new Outcome(
          exitCode,
          Files.readString(folder.resolve("out")),
          Files.readString(folder.resolve("err")));
    }
  }

  private Tool tool(String key, Path folder) {
    return new Tool(quickScale().url(), key, folder);
  }

  @Test
  default void anOperatorMakesACustomerOnTheCommandLine(@TempDir Path folder) throws Exception {
    Tool operator = tool(QuickScale.ADMIN_KEY, folder);
    String email = "cli-" + System.nanoTime() + "@example.org";

    assertThat(operator.run("users", "add", email, "--json").json().getString("email"))
        .isEqualTo(email);
    String key = operator.run("keys", "add", "--user", email, "--json").json().getString("key");
    operator.run("grant", email, "2.5", "--idempotency-key", email, "--json").json();
    operator.run("grant", email, "2.5", "--idempotency-key", email, "--json").json();

    Tool customer = tool(key, folder);
    JsonObject run =
        customer
            .run("run", "sentiment_analysis", "--input", "{\"text\": \"I love it\"}", "--json")
            .json();
    assertThat(run.getJsonNumber("credits_remaining").bigDecimalValue())
        .isEqualByComparingTo("1.5");
    assertThat(customer.run("usage", run.getString("usage_id")).out()).contains("succeeded");
    assertThat(customer.run("doctor").out()).contains(email).doesNotContain("failed");
    assertThat(operator.run("refund", run.getString("usage_id")).exitCode()).isZero();
    assertThat(customer.run("credits").out()).contains("2.5").doesNotContain(key);
    assertThat(operator.run("users", "lock", email).exitCode()).isZero();
    Tool.Outcome lockedOut = customer.run("credits");
    assertThat(lockedOut.exitCode()).isEqualTo(1);
    assertThat(lockedOut.err()).contains("unauthenticated").doesNotContain(key);
  }

  @Test
  default void anOperatorTakesBackOnTheCommandLineAndSeesWhoChangedWhat(@TempDir Path folder)
      throws Exception {
    Tool operator = tool(QuickScale.ADMIN_KEY, folder);
    String email = "Cli-" + System.nanoTime() + "@Example.org";
    operator.run("users", "add", email, "--json").json();
    JsonObject key = operator.run("keys", "add", "--user", email, "--json").json();
    String id = key.getString("id");

    assertThat(operator.run("users", "list", "--limit", "1").out()).contains(email.toLowerCase());
    assertThat(operator.run("keys", "list", "--user", email).out()).contains(id);
    assertThat(operator.run("keys", "revoke", id, "--user", email).exitCode()).isZero();
    assertThat(tool(key.getString("key"), folder).run("credits").err()).contains("unauthenticated");
    assertThat(operator.run("audit-log", "--limit", "1").out())
        .contains("admin@localhost", "revoke_api_key", "api_key/" + id);
    assertThat(operator.run("forget-service", "free_echo").err()).contains("[conflict]");
    assertThat(operator.run("verify").exitCode()).isZero();
  }

  @Test
  default void aListIsAFileForASpreadsheet(@TempDir Path folder) throws Exception {
    Caller user = quickScale().newUser(30);
    user.run("outcome", QuickScale.object("outcome", "fine")).expect(200);
    Tool customer = tool(user.key(), folder);

    assertThat(customer.run("usage", "--csv", "--status", "succeeded").out().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains(",outcome,succeeded,"));
    assertThat(customer.run("credits", "--transactions", "--csv").out().lines()).hasSize(3);
    assertThat(customer.run("usage", "--from", "2199-01-01T00:00:00Z").err())
        .contains("There are no runs.");
  }

  @Test
  default void anOperatorConfiguresAServiceOnTheCommandLine(@TempDir Path folder) throws Exception {
    Tool operator = tool(QuickScale.ADMIN_KEY, folder);

    assertThat(operator.run("configure-service", "free_echo", "--max-input-bytes", "90000").out())
        .contains("-> 90000");
    assertThat(
            operator.run("configure-service", "free_echo", "--max-concurrent-runs", "3000").out())
        .contains("-> 3000");
    assertThat(operator.run("configure-service", "free_echo", "--json").out())
        .contains("90000", "3000");
  }

  /** Killed, so that nothing could be tidied up; what was under way then has been paid. */
  @Test
  default void aBatchThatIsKilledAndStartedAgainPaysEachLineOnce(@TempDir Path folder)
      throws Exception {
    Caller user = quickScale().newUser(LINES + 10);
    Tool customer = tool(user.key(), folder);
    Files.writeString(
        folder.resolve("in.jsonl"),
        IntStream.range(0, LINES)
            .mapToObj("{\"text\": \"number %d is good\"}\n"::formatted)
            .collect(joining()));
    Path results = folder.resolve("in.results.jsonl");

    Process first =
        customer.start(
            "batch", "sentiment_analysis", "in.jsonl", "--group-size=20", "--parallel=2");
    await()
        .atMost(90, SECONDS)
        .until(() -> Files.exists(results) && lines(results) >= LINES_BEFORE_THE_KILL);
    first.destroyForcibly().waitFor();
    JsonObject sums = customer.run("batch", "sentiment_analysis", "in.jsonl", "--json").json();

    assertThat(sums.getInt("succeeded")).isEqualTo(LINES);
    assertThat(lines(results)).isEqualTo(LINES);
    assertThat(user.available()).isEqualTo("10");
    assertThat(user.usageCount()).isEqualTo(LINES);
    quickScale().assertLedgerIsConsistent();
  }

  private static long lines(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.count();
    }
  }
}
