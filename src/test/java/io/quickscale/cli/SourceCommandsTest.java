package io.quickscale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quickscale.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that work on sources, typed in a folder with a project named shop. */
class SourceCommandsTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void aProject() {
    shell = new Shell(folder);
    Result made =
        shell.run(
            "init", "shop", "--package", "com.acme.shop", "--service", "first", "--no-install");
    assertThat(made.exitCode()).as(made.all()).isZero();
  }

  // init

  @Test
  void init_says_what_was_written_and_how_to_start_it() {
    Result made = shell.run("init", "other", "--no-install");

    assertThat(made.out())
        .contains("wrote pom.xml", "wrote scripts/run", "TextStatisticsService.java")
        .contains("cd other\n")
        .contains("./scripts/test", "./scripts/quickscale dev");
    assertThat(shell.read("other/pom.xml"))
        .contains("<groupId>com.example</groupId>")
        .contains("<artifactId>other</artifactId>");
  }

  @Test
  void init_does_not_write_into_a_project_that_is_there() throws IOException {
    String before = shell.read("shop/pom.xml");

    Result refused = shell.run("init", "shop", "--package", "com.other", "--no-install");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("nothing was written", "shop/pom.xml", "--force");
    assertThat(shell.read("shop/pom.xml")).isEqualTo(before);
    assertThat(folder.resolve("shop/src/main/java/com/other")).doesNotExist();
    assertThat(shell.run("init", "shop", "--no-install", "--force").exitCode()).isZero();
  }

  @Test
  void init_refuses_the_name_of_a_service_that_ships() {
    Result refused = shell.run("init", "x", "--service", "data_validator", "--no-install");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("data_validator is taken", "--service");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  // generate-service

  @Test
  void generate_writes_into_the_package_of_the_projects_services() {
    Result made = generate("PriceCheck", "--type", "data_processing");

    assertThat(made.exitCode()).as(made.all()).isZero();
    assertThat(made.out())
        .contains(
            "PriceCheck: registered as price_check, class com.acme.shop.PriceCheckService, 1.0"
                + " credits a run")
        .contains("wrote shop/src/main/java/com/acme/shop/PriceCheckService.java")
        .contains("  cd shop\n  ./scripts/quickscale validate-service price_check\n");
    assertThat(shell.read("shop/src/main/java/com/acme/shop/PriceCheckService.java"))
        .contains("name = \"price_check\"", "category = \"data\"", "creditCost = \"1.0\"");
  }

  @ParameterizedTest
  @CsvSource({"--credit-cost=0.25, 0.25", "--credit-cost=1e2, 100", "--free, 0"})
  void a_price_is_what_the_options_say(String option, String price) {
    assertThat(generate("priced", option).exitCode()).isZero();

    assertThat(shell.read("shop/src/main/java/com/acme/shop/PricedService.java"))
        .contains("creditCost = \"" + price + "\"");
  }

  @Test
  void generate_takes_a_description_and_a_package() {
    generate("priced", "--description", "Says \"what\".", "--package", "com.acme.prices");

    assertThat(shell.read("shop/src/main/java/com/acme/prices/PricedService.java"))
        .contains("description = \"Says \\\"what\\\".\"");
  }

  @ParameterizedTest
  @CsvSource({
    "class, word of the Java language",
    "1st, 'use a letter, then letters, digits'",
    "base, one of QuickScale's own"
  })
  void a_bad_name_is_wrong_use(String name, String why) {
    assertWrongUse(generate(name), why);
  }

  @Test
  void bad_options_are_wrong_use() {
    assertWrongUse(generate("x", "--credit-cost", "-1"), "must not be negative");
    assertWrongUse(generate("x", "--credit-cost", "1", "--free"), "mutually exclusive");
    assertWrongUse(generate("x", "--type", "sound"), "text_processing, image_processing");
    assertWrongUse(generate("x", "--package", "com.new"), "cannot be a package");
    assertWrongUse(generate("x", "--description", "x".repeat(2001)), "shorten it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "First", "sentiment_analysis"})
  void a_name_that_is_registered_is_refused_with_its_class(String name) throws IOException {
    List<Path> before = files();

    Result refused = generate(name, "--package", "com.acme.other", "--force");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("is taken by", "choose another");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void nothing_is_written_if_one_of_the_files_is_there() throws IOException {
    shell.write("shop/src/examples/price.json", "mine");
    List<Path> before = files();

    Result refused = generate("price");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err())
        .contains("nothing was written", "shop/src/examples/price.json", "--force")
        .doesNotContain("PriceService.java");
    assertThat(files()).isEqualTo(before);
    assertThat(shell.read("shop/src/examples/price.json")).isEqualTo("mine");
  }

  @Test
  void force_writes_over_the_service_itself() {
    assertThat(generate("first", "--free").err()).contains("nothing was written");

    assertThat(generate("first", "--free", "--force").exitCode()).isZero();
    assertThat(shell.read("shop/src/main/java/com/acme/shop/FirstService.java"))
        .contains("creditCost = \"0\"");
  }

  @Test
  void an_output_folder_is_written_to_instead_of_the_project() throws IOException {
    List<Path> before = files();

    Result made = generate("price", "--output-dir", "look");

    assertThat(made.exitCode()).as(made.all()).isZero();
    assertThat(folder.resolve("look/src/main/java/com/acme/shop/PriceService.java")).exists();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void a_folder_that_is_no_project_is_told_how_to_become_one() {
    Result refused = shell.run("generate-service", "x", "--project", ".");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("has no pom.xml", "quickscale init DIR");
  }

  @Test
  void generate_names_its_files_for_scripts() throws IOException {
    JsonNode made = Json.read(generate("price", "--json").out());

    assertThat(made.path("name").asText()).isEqualTo("price");
    assertThat(made.path("class").asText()).isEqualTo("com.acme.shop.PriceService");
    assertThat(made.path("files")).hasSize(5);
    made.path("files").forEach(file -> assertThat(Path.of(file.asText())).exists());
  }

  // validate-service

  @Test
  void validate_says_that_there_is_nothing_to_mend() {
    Result result = shell.run("validate-service", "shop/src/main/java");

    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).isEqualTo("first: nothing to mend\n");
  }

  @Test
  void validate_shows_file_line_and_remedy_and_fails_on_errors() {
    edit("creditCost = \"1.0\"", "creditCost = \"-1\"");

    Result result = shell.run("validate-service", "first", "--project", "shop");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out())
        .contains("shop/src/main/java/com/acme/shop/FirstService.java:")
        .contains(
            ": error: the service has the creditCost \"-1\", which must not be negative. Give a"
                + " decimal such as \"1.5\", or \"0\" for what is free. [QS012]")
        .endsWith("first: 1 error, 0 warnings, 0 suggestions\n");
  }

  @Test
  void warnings_fail_only_if_that_is_asked_for() {
    edit("@Timeout(2000)", "");

    assertThat(shell.run("validate-service", "shop/src").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(shell.run("validate-service", "shop/src", "--strict").exitCode())
        .isEqualTo(ExitCode.FAILED);
  }

  @Test
  void validate_writes_json_with_tips() throws IOException {
    edit("@Timeout(2000)", "");

    JsonNode report =
        Json.read(shell.run("validate-service", "shop/src", "--json", "--tips").out());

    assertThat(report.path("valid").asBoolean()).isTrue();
    assertThat(report.at("/services/0").asText()).isEqualTo("first");
    assertThat(report.at("/findings/0/code").asText()).isEqualTo("QS120");
    assertThat(report.at("/findings/0/severity").asText()).isEqualTo("warning");
    assertThat(report.at("/findings/0/line").asInt()).isPositive();
    assertThat(report.path("tips")).isNotEmpty();
  }

  @Test
  void an_unknown_service_is_wrong_use_and_a_near_one_is_offered() {
    assertWrongUse(
        shell.run("validate-service", "frist", "--project", "shop"), "Did you mean first?");
    assertWrongUse(shell.run("validate-service", "zzz", "--project", "shop"), "There are: first.");
    assertWrongUse(shell.run("validate-service", "shop/none.java"), "no file or folder");
    assertWrongUse(shell.run("validate-service", "shop/scripts"), "there is no service in");
  }

  // service-examples and list-services --offline

  @Test
  void every_service_that_ships_is_an_example_with_an_input() throws IOException {
    JsonNode items = Json.read(shell.run("service-examples", "--json").out()).path("items");

    assertThat(items.findValuesAsText("name"))
        .contains("sentiment_analysis", "keyword_extractor", "data_validator");
    for (JsonNode item : items) {
      assertThat(folder.resolve(item.path("source").asText())).exists();
      assertThat(
              Json.read(Files.readString(folder.resolve(item.path("example").asText()))).isObject())
          .as("src/examples has an input for each service that ships")
          .isTrue();
    }
  }

  @Test
  void examples_are_shown_by_type_with_a_line_that_runs_them() {
    String text = shell.run("service-examples", "--type", "text_processing").out();

    assertThat(text)
        .contains("sentiment_analysis\n", "SentimentAnalysisService.java:")
        .contains("quickscale run sentiment_analysis --input @")
        .doesNotContain("data_validator");
  }

  @Test
  void services_are_listed_from_the_sources() throws IOException {
    generate("second", "--free");

    Result table = shell.run("list-services", "--offline", "--project", "shop");
    JsonNode items =
        Json.read(shell.run("list-services", "--offline", "--project", "shop", "--json").out())
            .path("items");

    assertThat(table.out())
        .containsPattern(
            "first +1.0 +text +shop/src/main/java/com/acme/shop/FirstService.java:\\d+")
        .containsPattern("second +0 +general ");
    assertThat(items.findValuesAsText("credit_cost")).containsExactly("1.0", "0");
    assertThat(shell.run("list-services", "--offline", "--project", "shop", "--details").out())
        .contains("com.acme.shop.SecondService");
  }

  @Test
  void a_project_without_offline_is_wrong_use() {
    assertWrongUse(shell.run("list-services", "--project", "shop"), "--offline");
  }

  private Result generate(String name, String... options) {
    return shell.run(
        Stream.concat(Stream.of("generate-service", name, "--project", "shop"), Stream.of(options))
            .toArray(String[]::new));
  }

  private void edit(String what, String by) {
    String file = "shop/src/main/java/com/acme/shop/FirstService.java";
    String source = shell.read(file);
    assertThat(source).contains(what);
    shell.write(file, source.replace(what, by));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("shop"))) {
      return files.sorted().toList();
    }
  }

  private static void assertWrongUse(Result result, String message) {
    assertThat(result.exitCode()).as(result.all()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(result.err()).contains(message);
  }
}
