package io.quickscale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.quickscale.cli.ScriptedServer.Response;
import io.quickscale.cli.Shell.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Whatever stands behind an option, in a file or in an answer: users get a sentence, and never the
 * inside of the tool. All commands and options are tried, also those that come later.
 */
class HostileValuesTest {
  /** What no user must see. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "Exception|\\bjavax?\\.|\\b(com\\.(fasterxml|sun)|org\\.apache|sun|picocli)\\.|\\tat |"
              + "StreamReadFeature|BigDecimal|REDACTED|mistake of the command line|\\bint\\b");

  /** They begin work that goes on for long, or talk of Java themselves. */
  private static final Set<String> NOT_TRIED = Set.of("warm-up", "reference", "completion", "dev");

  private static final List<String> NUMBERS =
      List.of(
          "",
          "x",
          "1,5",
          "-1",
          "0x10",
          "1e2147483648",
          "1e999999999",
          "-1e-2147483648",
          "99999999999999999999",
          "9".repeat(1001));

  private static final List<String> TEXTS =
      List.of("", " ", "-", "%s%n", "x\u0000y", "x\ud800y", "x\u001b[2Jy", "x".repeat(5000));

  /** None that could be made: whoever runs the tests may be root. */
  private static final List<String> FILES =
      List.of("@", "@nothing-there", "@.", ".", "a/../b", "a-file/x", "x\u0000y", "x".repeat(5000));

  private static final List<String> URLS =
      List.of(
          "",
          "%",
          "localhost:8080",
          "http://localhost:99999",
          "http://localhost:0",
          "http://",
          "http://[::1",
          "http://x y",
          "https://h/#f",
          "http://x\u0000y");

  private static final List<String> JSON =
      List.of(
          "{",
          "{} {}",
          "[1}",
          "nothing",
          "{\"a\":1e2147483648}",
          "{\"a\":" + "9".repeat(1001) + "}",
          "[".repeat(2000),
          "\"\\ud800\"");

  @TempDir Path folder;
  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    Files.writeString(folder.resolve("a-file"), "");
    // What is generated belongs to the project around the folder: not to this one's.
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> every_option_refuses_what_cannot_be_meant_in_a_sentence() {
    Map<Object, Integer> timesSeen = new HashMap<>();
    return commands()
        .flatMap(
            command ->
                Stream.concat(
                        command.options().stream().filter(option -> !isSwitch(option)),
                        command.positionalParameters().stream())
                    .map(
                        tried ->
                            dynamicTest(
                                command.qualifiedName() + " " + tried.paramLabel() + name(tried),
                                tryAll(
                                    command,
                                    tried,
                                    timesSeen.merge(declaration(tried), 1, Integer::sum)))));
  }

  /** What commands share is declared once, and read by the same code in all of them. */
  private static Object declaration(ArgSpec tried) {
    return tried.userObject() == null ? tried : tried.userObject();
  }

  private static String name(ArgSpec tried) {
    return tried instanceof OptionSpec option ? " of " + option.longestName() : "";
  }

  /**
   * All values for what is seen for the first time; for what other commands have too, one each, in
   * turn.
   */
  private Executable tryAll(CommandSpec command, ArgSpec tried, int timesSeen) {
    List<String> all = values(tried);
    return () ->
        tryValues(command, tried, timesSeen == 1 ? all : List.of(all.get(timesSeen % all.size())));
  }

  private void tryValues(CommandSpec command, ArgSpec tried, List<String> values) {
    boolean isNumber = isNumber(tried);
    Shell.Tool tool = Shell.at(server, folder).open();
    for (String value : values) {
      List<String> arguments = arguments(command, tried, value);
      Result result = tool.run(arguments.toArray(String[]::new));

      assertThat(result.all()).as("%s", arguments).doesNotContainPattern(INSIDE);
      if (isNumber) {
        assertThat(result.exitCode()).as("%s: %s", arguments, result.all()).isIn(1, 2);
        assertThat(result.err()).as("%s", arguments).isNotBlank();
      } else {
        assertThat(result.exitCode()).as("%s: %s", arguments, result.all()).isIn(0, 1, 2);
      }
    }
  }

  private static List<String> values(ArgSpec tried) {
    if (isNumber(tried)) {
      return NUMBERS;
    } else if (tried.paramLabel().equals("URL")) {
      return URLS;
    }
    List<String> values = new ArrayList<>(TEXTS);
    if (tried.paramLabel().contains("FILE") || tried.paramLabel().contains("DIR")) {
      values.addAll(FILES);
    }
    if (tried.paramLabel().contains("JSON")) {
      values.addAll(JSON);
    }
    return values;
  }

  /** The command with this value, and with something harmless where else it needs something. */
  private List<String> arguments(CommandSpec command, ArgSpec tried, String value) {
    List<String> arguments = new ArrayList<>(List.of(command.qualifiedName().split(" ")));
    arguments.remove(0);
    if (command.findOption("--no-install") != null) {
      arguments.add("--no-install");
    }
    for (OptionSpec option : command.options()) {
      if (option == tried) {
        arguments.add(option.longestName() + "=" + value);
      } else if (option.required() && !isSwitch(option) && option.group() == null) {
        arguments.add(option.longestName() + "=" + harmless(option));
      }
    }
    arguments.add("--");
    for (ArgSpec positional : command.positionalParameters()) {
      arguments.add(positional == tried ? value : harmless(positional));
    }
    return arguments;
  }

  private String harmless(ArgSpec argument) {
    if (argument.paramLabel().startsWith("JSON")) {
      return "{}";
    } else if (argument.paramLabel().equals("URL")) {
      return server.url();
    }
    return isNumber(argument) ? "1" : "any";
  }

  private static boolean isNumber(ArgSpec argument) {
    return Set.of(int.class, Integer.class, BigDecimal.class).contains(argument.type());
  }

  private static boolean isSwitch(OptionSpec option) {
    return option.arity().max() == 0;
  }

  @TestFactory
  Stream<DynamicTest> no_answer_of_a_server_is_too_strange() {
    List<String> answers =
        List.of(
            "",
            "{}",
            "[]",
            "null",
            "\"x\"",
            "<html>",
            "{\"items\": 5, \"next_cursor\": \"x\"}",
            "{\"items\": [null, 1, \"x\", {}], \"user\": 1, \"roles\": {}, \"credits_consumed\": \"x\"}",
            "{\"n\": 1e2147483648}",
            "{\"n\": 1e999999999}",
            "{\"code\": 5, \"violations\": [1, null], \"detail\": {}}",
            "[".repeat(2000));
    return commands()
        .filter(command -> command.findOption("--url") != null)
        .flatMap(
            command ->
                answers.stream()
                    .map(
                        answer ->
                            new Response(answer.contains("code") ? 500 : 200, answer, Map.of()))
                    .map(
                        answer ->
                            dynamicTest(
                                command.qualifiedName() + " " + shortened(answer.body()),
                                () -> tryWith(command, answer))));
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(30, text.length()));
  }

  private void tryWith(CommandSpec command, Response answer) {
    List<String> arguments = arguments(command, null, "");
    Result result = Shell.at(server.always(answer), folder).run(arguments.toArray(String[]::new));

    assertThat(result.exitCode()).as("%s: %s", arguments, result.all()).isIn(0, 1, 2);
    assertThat(result.all()).as("%s", arguments).doesNotContainPattern(INSIDE);
  }

  private Stream<CommandSpec> commands() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Terminal nobody =
        new Terminal(
            Map.of(), folder, InputStream.nullInputStream(), nowhere, nowhere, false, false, 80);
    return all(new CommandLineTool(nobody).commandLine())
        .map(CommandLine::getCommandSpec)
        .filter(Predicate.not(command -> NOT_TRIED.contains(command.name())));
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? Stream.of(command)
        : command.getSubcommands().values().stream().flatMap(HostileValuesTest::all);
  }

  @ParameterizedTest
  @CsvSource({
    "1;5, must be a decimal number such as 1.5",
    "x, must be a decimal number such as 1.5",
    "1e999999999, must be less than",
    "1e99999999999, must be a decimal number",
    "1e-999999999, at most six decimals"
  })
  void an_amount_that_is_none_is_wrong_use_and_says_how_to_write_it(String text, String said) {
    String amount = text.replace(';', ',');
    for (Result refused :
        List.of(
            Shell.at(server, folder).run("grant", "ada@example.org", amount),
            Shell.at(server, folder).run("configure-service", "echo", "--credit-cost", amount))) {
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains("'" + amount + "'", said);
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_zero_is_a_zero_whatever_its_exponent() {
    server.on("GET /api/v1/admin/services", "{\"items\": [{\"name\": \"echo\"}]}");
    Shell.at(server, folder).run("configure-service", "echo", "--credit-cost", "0e999999999");

    assertThat(server.requests("PUT", "/api/v1/admin/services/echo"))
        .extracting(ScriptedServer.Request::body)
        .containsExactly("{\"credit_cost\":0}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":1e2147483648}",
        "{\"text\":1e-2147483648}",
        "{\"text\":-1e999999999}",
        "{\"text\":1e99999999999}",
        "{\"text\":\"\\ud800\"}",
        "{\"text\":[1}",
        "{} {}"
      })
  void an_input_that_cannot_be_sent_is_wrong_use_and_names_the_place(String input) {
    Result refused = Shell.at(server, folder).run("run", "echo", "--input", input);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("is not JSON that can be sent", "(line 1, column ");
    assertThat(refused.err()).doesNotContainPattern(INSIDE);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void an_input_that_is_not_utf_8_is_not_sent() throws Exception {
    Files.write(folder.resolve("latin.json"), "{\n\"text\": \"caf\u00e9\"}".getBytes("ISO-8859-1"));
    Result refused = Shell.at(server, folder).run("run", "echo", "--input", "@latin.json");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("latin.json cannot be read: line 2 is not UTF-8.");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_byte_order_mark_before_an_input_does_not_count() {
    Shell shell = Shell.at(server, folder);
    shell.write("in.json", "\uFEFF{\"text\": \"hi\"}");
    shell.run("run", "echo", "--input", "@in.json");

    assertThat(server.requests())
        .extracting(ScriptedServer.Request::body)
        .containsExactly("{\"text\":\"hi\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:99999",
        "http://localhost:0",
        "http://localhost:x",
        "http://",
        "ftp://localhost",
        "localhost:8080",
        "http://localhost/#part"
      })
  void a_url_that_is_none_is_said_so(String url) {
    Result refused = new Shell(folder).run("list-services", "--url", url);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("'" + url + "' is not the URL of a server");
  }

  @Test
  void trouble_with_a_certificate_is_told_without_the_names_of_classes() {
    Server secure =
        new Server(URI.create("https://example.org"), "--url", Optional.empty(), "nowhere");
    String said =
        new Api(secure, Duration.ofSeconds(1))
            .unreachable(
                new SSLHandshakeException(
                    "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException:"
                        + " unable to find valid certification path to requested target"));

    assertThat(said)
        .contains(
            "no secure connection to https://example.org", "(PKIX path building failed: unable")
        .doesNotContainPattern(INSIDE);
  }

  @Test
  void a_project_needs_a_folder_with_a_name() {
    Result refused = new Shell(folder).run("init", "/", "--no-install");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("has no name");
  }

  @Test
  void what_nobody_has_foreseen_is_a_sentence_and_its_place_is_there_for_a_report() {
    Result users = runWithBrokenInput(Map.of());
    Result reports = runWithBrokenInput(Map.of("QUICKSCALE_DEBUG", "1"));

    assertThat(users.exitCode()).isEqualTo(1);
    assertThat(users.err())
        .contains("This is a mistake of the command line itself.", "QUICKSCALE_DEBUG=1")
        .doesNotContain("Exception", "\tat ");
    assertThat(reports.err()).contains("IllegalStateException", "\tat ");
  }

  private Result runWithBrokenInput(Map<String, String> environment) {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throw new IllegalStateException("broken");
          }
        };
    StringWriter shown = new StringWriter();
    PrintWriter out = new PrintWriter(shown);
    Terminal terminal = new Terminal(environment, folder, broken, out, out, false, false, 80);
    int exitCode = new CommandLineTool(terminal).run("run", "echo", "--input", "-");
    return new Result(exitCode, "", shown.toString());
  }

  @Test
  void a_whole_number_that_is_none_is_said_so() {
    assertThat(new Shell(folder).run("batch", "echo", "in.jsonl", "-p", "x").err())
        .contains("'--parallel'", "'x' is not a whole number");
    assertThat(new Shell(folder).run("usage", "--limit", "99999999999").err())
        .contains("'99999999999' is too large a number");
  }

  @Test
  void profiles_that_are_no_profiles_any_more_are_said_so() throws Exception {
    Files.createDirectories(folder.resolve(".config/quickscale"));
    Shell shell = new Shell(folder);
    for (String content : List.of("{\"profiles\": 5}", "[]", "{\"profiles\": {}} x", "")) {
      Path file = shell.write(".config/quickscale/profiles.json", content);
      assertThat(file.toFile().setReadable(false, false)).isTrue();
      assertThat(file.toFile().setReadable(true, true)).isTrue();
      Result refused =
          shell.run("profile", "add", "x", "--url", "http://localhost:8080", "--no-key");

      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).contains("does not hold profiles any more");
      assertThat(shell.read(".config/quickscale/profiles.json")).isEqualTo(content);
    }
  }
}
