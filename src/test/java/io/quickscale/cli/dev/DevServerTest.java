package io.quickscale.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said between the command and the launcher, with a launcher that only talks. */
class DevServerTest {
  private static final String WELCOME =
      """
      echo "server $2, $3 $4, $EXTRA"
      echo 'QuickScale is ready: http://localhost:8123'
      echo '  demo user key  qs_demo_0123'
      echo 'ctrl-C stops it.'
      """;

  @TempDir Path root;

  private final List<String> shown = new ArrayList<>();

  @Test
  void the_launcher_starts_the_unpacked_war_and_what_it_says_is_shown() throws IOException {
    launcher(WELCOME + "read -r order");

    try (DevServer server = started()) {
      assertThat(shown).contains("server wildfly, --unpacked war, more");
      assertThat(server.url()).isEqualTo("http://localhost:8123");
      assertThat(server.key()).contains("qs_demo_0123");
    }
  }

  @Test
  void a_redeployment_that_worked_has_no_reasons() throws IOException {
    launcher(WELCOME + "while read -r order; do echo redeployed; echo .; done");

    try (DevServer server = started()) {
      assertThat(server.redeploy()).isEmpty();
      assertThat(server.redeploy()).isEmpty();
    }
  }

  @Test
  void of_one_that_failed_the_definition_errors_are_shown_once_without_what_threw_them()
      throws IOException {
    launcher(
        WELCOME
            + "read -r order; echo 'not redeployed'; echo 'a.DefinitionException: QS002: bad name';"
            + "echo 'b.Exception: QS002: bad name'; echo 'c.Other'; echo .; read -r more");

    try (DevServer server = started()) {
      assertThat(server.redeploy()).containsExactly("QS002: bad name");
      assertThat(server.runs()).isTrue();
    }
  }

  @Test
  void of_another_failure_everything_is_shown() throws IOException {
    launcher(WELCOME + "read -r order; echo 'not redeployed'; echo why; echo .; read -r more");

    try (DevServer server = started()) {
      assertThat(server.redeploy()).containsExactly("why");
    }
  }

  @Test
  void a_launcher_that_ends_before_it_is_ready_is_no_server() throws IOException {
    launcher("echo 'run: the application could not be deployed.' >&2; exit 1");

    assertThat(DevServer.start(root, "micro", Path.of("war"), Map.of(), shown::add)).isEmpty();
    assertThat(shown).containsExactly("run: the application could not be deployed.");
  }

  @Test
  void a_server_that_stops_says_so() throws IOException {
    launcher(WELCOME + "read -r order; exit 1");

    try (DevServer server = started()) {
      assertThat(server.redeploy()).containsExactly("the server has stopped");
    }
  }

  @Test
  void ctrl_c_while_it_is_deployed_again_is_no_failure_to_be_told()
      throws IOException, InterruptedException {
    launcher(
        "trap 'echo Stopping; exec >&- 2>&-; sleep 1; exit 0' TERM\n"
            + WELCOME
            + "read -r order; touch told; while :; do read -r -t 0.1; done");
    Process author = author();

    await(() -> Files.exists(root.resolve("told")));
    author.toHandle().destroy();

    String said = new String(author.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(author.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(said).contains("ctrl-C stops it.").doesNotContain("Stopping", "redeploy came back");
  }

  /** A process of its own, which starts the launcher and has it deploy again. */
  static final class Author {
    private Author() {}

    public static void main(String[] arguments) {
      DevServer server =
          DevServer.start(
                  Path.of(arguments[0]), "micro", Path.of("war"), Map.of(), System.out::println)
              .orElseThrow();
      System.out.println("redeploy came back: " + server.redeploy());
    }
  }

  private Process author() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Author.class.getName(),
            root.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static void await(BooleanSupplier happened) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited a minute").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private DevServer started() {
    return DevServer.start(root, "wildfly", Path.of("war"), Map.of("EXTRA", "more"), shown::add)
        .orElseThrow();
  }

  private void launcher(String script) throws IOException {
    Path run = root.resolve("scripts/run");
    Files.createDirectories(run.getParent());
    Files.writeString(run, "#!/bin/bash\n" + script);
    assertThat(run.toFile().setExecutable(true)).isTrue();
  }
}
