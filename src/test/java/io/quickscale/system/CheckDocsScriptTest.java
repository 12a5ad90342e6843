package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code scripts/check-docs} on pages that need no server: what is true passes, whatever is untrue
 * fails.
 */
class CheckDocsScriptTest {
  @TempDir Path folder;

  @BeforeAll
  static void needsPython() throws InterruptedException {
    assumeTrue(isThere("python3"), "there is no python3, which scripts/check-docs needs");
  }

  @Test
  void commandsThatDoWhatThePageSaysPass() throws Exception {
    Ended script =
        check(
            """
            ```bash
            of_this_page=3                 # lines of a page share a shell
            echo "$of_this_page" |
              grep 3
            cat <<EOF
            here
            EOF
            ```

            ```text
            $ echo first; echo 'run 0SB4GGJK004FQ of qs_demo_secret took 31 ms'; echo last; false
            first
            run 0SAEQQHS404F2 of qs_other_key took 4 ms
            …
            ```
            """);

    assertThat(script.output()).contains("4 commands run, 0 untrue, 0 left out");
    assertThat(script.status()).as(script.output()).isZero();
  }

  @Test
  void aCommandThatFailsIsUntrueAndTheNextIsStillRun() throws Exception {
    Ended script = check("```bash\nfalse\ntrue\n```\n");

    assertThat(script.output()).contains("it ended with 1", "1 commands run, 1 untrue");
    assertThat(script.status()).isEqualTo(1);
  }

  @Test
  void anotherOutputThanThePageShowsIsUntrue() throws Exception {
    Ended script = check("```text\n$ echo 12 credits\n13 credits\n```\n");

    assertThat(script.output()).contains("it printed\n12 credits\nand the page shows\n13 credits");
    assertThat(script.status()).isEqualTo(1);
  }

  @Test
  void aCommandThatThereIsNotIsUntrueWhateverThePageShows() throws Exception {
    assertThat(check("```text\n$ no-such-command-here\n…\n```\n").status()).isEqualTo(1);
  }

  @Test
  void aRefusedRequestIsUntrue() throws Exception {
    assumeTrue(isThere("curl"), "there is no curl");
    HttpServer refusing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    refusing.createContext("/", exchange -> exchange.sendResponseHeaders(402, -1));
    refusing.start();
    try {
      String url = "http://localhost:" + refusing.getAddress().getPort();

      Ended script = check("```bash\nCODE=$(curl -s " + url + " | cat)\n```\n");

      assertThat(script.output()).contains("it ended with 22");
      assertThat(script.status()).isEqualTo(1);
    } finally {
      refusing.stop(0);
    }
  }

  @Test
  void aCommandThatDoesNotEndIsUntrueAndTheNextIsStillRun() throws Exception {
    Ended script = check("```bash\nsleep 1000\ntrue\n```\n", "--timeout", "1");

    assertThat(script.output())
        .contains("it did not end within 1 seconds", "1 commands run, 1 untrue");
    assertThat(script.status()).isEqualTo(1);
  }

  @Test
  void whatIsLeftOutIsCountedWithItsReason() throws Exception {
    Ended script = check("<!-- not run: it takes a year -->\n```bash\nfalse\n```\n");

    assertThat(script.output())
        .contains("1 commands, since it takes a year", "0 commands run, 0 untrue, 1 left out");
    assertThat(script.status()).isZero();
  }

  @Test
  void whatNeedsAnotherServerIsRunOnlyWhenAskedFor() throws Exception {
    String page = "<!-- needs: wildfly -->\n```bash\nfalse\n```\n";

    Ended without = check(page);
    Ended with = check(page, "--with", "wildfly");

    assertThat(without.output())
        .contains("it needs wildfly: --with wildfly", "0 commands run, 0 untrue, 1 left out");
    assertThat(without.status()).isZero();
    assertThat(with.output()).contains("it ended with 1", "0 commands run, 1 untrue, 0 left out");
    assertThat(with.status()).isEqualTo(1);
  }

  @Test
  void aNeedThatNobodyKnowsIsWrongUse() throws Exception {
    Ended script = check("", "--with", "wildflie");

    assertThat(script.output()).contains("wildflie: known are payara, wildfly, postgresql");
    assertThat(script.status()).isEqualTo(2);
  }

  @Test
  void whatIsElsewhereHereIsReplacedInItsBlockAlone() throws Exception {
    Ended script =
        check(
            """
            <!-- first: PLACE=here -->
            <!-- here: /opt/somewhere = $PLACE -->
            ```text
            $ echo /opt/somewhere
            here
            ```

            ```text
            $ echo /opt/somewhere
            /opt/somewhere
            ```
            """);

    assertThat(script.output()).contains("3 commands run, 0 untrue");
    assertThat(script.status()).as(script.output()).isZero();
  }

  private record Ended(int status, String output) {}

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  private Ended check(String page, String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "python3",
                Path.of("scripts/check-docs").toAbsolutePath().toString(),
                "--no-server",
                Files.writeString(folder.resolve("page.md"), page).toString()));
    command.addAll(List.of(options));
    Process script = new ProcessBuilder(command).redirectErrorStream(true).start();
    script.getOutputStream().close();
    String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ended(script.exitValue(), output);
  }
}
