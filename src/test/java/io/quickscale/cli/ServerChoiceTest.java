package io.quickscale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.cli.ScriptedServer.Response;
import io.quickscale.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server is asked with which key, where keys are kept, and that they are never shown. */
class ServerChoiceTest {
  private static final String SECRET = "qs_prod_TheSecretOfTheProfile";
  private static final String CREDITS = "{\"available_credits\": 5, \"grants\": []}";

  @TempDir Path folder;
  private ScriptedServer server;
  private ScriptedServer other;

  @BeforeEach
  void start() {
    server = new ScriptedServer().on("GET /api/v1/credits", CREDITS);
    other = new ScriptedServer().on("GET /api/v1/credits", CREDITS);
  }

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  private Shell withProfile() {
    Shell shell = new Shell(folder).input(SECRET + "\n");
    assertThat(
            shell
                .run("profile", "add", "prod", "--url", server.url(), "--key-file", "-")
                .exitCode())
        .isZero();
    return shell;
  }

  private static String keyOfLastRequest(ScriptedServer server) {
    return server.requests().get(server.requests().size() - 1).header("Authorization");
  }

  @Test
  void the_first_profile_is_used_where_nothing_else_is_said() {
    Result credits = withProfile().run("credits");

    assertThat(credits.exitCode()).isZero();
    assertThat(keyOfLastRequest(server)).isEqualTo("Bearer " + SECRET);
  }

  @Test
  void the_environment_goes_before_the_profile_in_use() {
    withProfile()
        .set("QUICKSCALE_URL", other.url())
        .set("QUICKSCALE_API_KEY", Shell.KEY)
        .run("credits");

    assertThat(server.requests()).isEmpty();
    assertThat(keyOfLastRequest(other)).isEqualTo("Bearer " + Shell.KEY);
  }

  @Test
  void a_profile_that_is_named_goes_before_the_environment() {
    withProfile()
        .set("QUICKSCALE_URL", other.url())
        .set("QUICKSCALE_API_KEY", Shell.KEY)
        .run("credits", "--profile", "prod");

    assertThat(other.requests()).isEmpty();
    assertThat(keyOfLastRequest(server)).isEqualTo("Bearer " + SECRET);
  }

  @Test
  void a_profiles_key_is_not_sent_to_another_server() {
    withProfile().run("credits", "--url", other.url());

    assertThat(keyOfLastRequest(other)).isNull();
  }

  @Test
  void a_key_does_not_follow_a_redirection() {
    server.on(
        "GET /api/v1/credits",
        any -> new Response(302, "", Map.of("Location", other.url() + "/api/v1/credits")));

    assertThat(withProfile().run("credits").exitCode()).isEqualTo(1);
    assertThat(other.requests()).isEmpty();
  }

  @Test
  void a_key_can_come_from_a_file_that_only_the_user_can_read() throws IOException {
    Shell shell = new Shell(folder);
    Path file = shell.write("my.key", SECRET + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThat(shell.run("credits", "--url", server.url(), "--key-file", "my.key").exitCode())
        .isZero();
    assertThat(keyOfLastRequest(server)).isEqualTo("Bearer " + SECRET);
  }

  @Test
  void a_key_file_that_others_can_read_is_refused() throws IOException {
    Shell shell = new Shell(folder);
    Path file = shell.write("my.key", SECRET + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Result refused = shell.run("credits", "--url", server.url(), "--key-file", "my.key");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("others on this machine", "chmod 600")
        .doesNotContain(SECRET);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void profiles_are_kept_where_only_the_user_can_read() throws IOException {
    withProfile();
    Path file = folder.resolve(".config/quickscale/profiles.json");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void profiles_that_others_can_read_are_refused() throws IOException {
    Shell shell = withProfile();
    Files.setPosixFilePermissions(
        folder.resolve(".config/quickscale/profiles.json"),
        PosixFilePermissions.fromString("rw-r-----"));

    assertThat(shell.run("credits").err()).contains("chmod 600");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void the_configuration_folder_of_the_user_is_respected() {
    Shell shell = new Shell(folder).set("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
    shell.run("profile", "add", "prod", "--url", server.url(), "--no-key");

    assertThat(folder.resolve("xdg/quickscale/profiles.json")).exists();
  }

  @Test
  void a_broken_file_of_profiles_is_not_shown() {
    Shell shell = withProfile();
    shell.write(".config/quickscale/profiles.json", "{\"profiles\": " + SECRET);
    Result broken = shell.run("credits");

    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.err())
        .contains("does not hold profiles any more")
        .doesNotContain("TheSecret");
  }

  @Test
  void profiles_are_listed_used_and_removed() {
    Shell shell = withProfile();
    shell.run("profile", "add", "test", "--url", other.url(), "--no-key");

    assertThat(shell.run("profile").out()).contains("*  prod").contains("   test");
    assertThat(shell.run("profile", "use", "test").exitCode()).isZero();
    shell.run("credits");
    assertThat(other.requests()).hasSize(1);
    assertThat(shell.run("profile", "remove", "test").exitCode()).isZero();
    Result gone = shell.run("profile", "use", "test");
    assertThat(gone.exitCode()).isEqualTo(1);
    assertThat(gone.err()).contains("no profile 'test'; there are: prod");
  }

  @Test
  void a_key_is_shown_by_no_command() {
    Shell shell = withProfile();
    server.on("GET /api/v1/credits", any -> Response.problem(401, "unauthenticated", ""));

    for (String command : new String[] {"credits", "doctor", "profile", "users"}) {
      assertThat(shell.run(command).all()).doesNotContain("TheSecret");
      assertThat(shell.run(command, "--json").all()).doesNotContain("TheSecret");
    }
  }

  @Test
  void what_is_no_key_is_refused_and_not_shown() {
    Result wrong =
        new Shell(folder)
            .set("QUICKSCALE_API_KEY", "hunter2")
            .run("credits", "--url", server.url());

    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err())
        .contains("QUICKSCALE_API_KEY is not an API key")
        .doesNotContain("hunter2");
  }

  @Test
  void without_a_terminal_nobody_is_asked_for_a_key() {
    Result wrong = new Shell(folder).run("profile", "add", "prod", "--url", server.url());

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("--key-file");
  }

  @Test
  void a_url_that_is_none_is_refused() {
    assertThat(new Shell(folder).run("credits", "--url", "localhost:8080").err())
        .contains("'localhost:8080' is not the URL of a server");
  }
}
