package io.quickscale.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quickscale.cli.generate.NewFile;
import io.quickscale.cli.generate.NewFiles;
import io.quickscale.cli.generate.ProjectFiles;
import io.quickscale.cli.generate.ServiceFiles;
import io.quickscale.cli.generate.ServiceFiles.Container;
import io.quickscale.cli.generate.ServiceName;
import io.quickscale.cli.generate.ServicePlan;
import io.quickscale.cli.generate.ServiceType;
import io.quickscale.cli.source.SourceValidator.Report;
import io.quickscale.credit.Credits;
import io.quickscale.definition.CreditAmount;
import io.quickscale.service.RegisterService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check finds its mistake on its line, and is silent about a source that does it right. */
class SourceValidatorTest {
  /** A service without a mistake that comes close to many. */
  private static final String GOOD =
      """
      package com.acme;

      import com.fasterxml.jackson.databind.JsonNode;
      import io.quickscale.service.BaseService;
      import io.quickscale.service.RegisterService;
      import io.quickscale.service.RunContext;
      import io.quickscale.service.UpstreamFailedException;
      import jakarta.inject.Inject;
      import jakarta.transaction.Transactional;
      import jakarta.validation.Valid;
      import jakarta.validation.constraints.*;
      import java.net.http.HttpClient;
      import java.net.http.HttpRequest;
      import java.time.Duration;
      import java.util.List;
      import javax.imageio.ImageIO;
      import org.eclipse.microprofile.faulttolerance.Timeout;

      /** Translates. */
      @RegisterService(
          name = "translate",
          description = "Translates a text.",
          category = "language",
          creditCost = "0.25",
          unitPrices = @UnitPrice(unit = "tokens", creditsPerUnit = "0.001", maximum = 100))
      public class TranslateService extends BaseService<TranslateService.Input, TranslateService.Result> {
        private static final String API_KEY_SETTING = "api-key";
        private final HttpClient client = HttpClient.newHttpClient();
        @Inject Memory memory;
        private int calls;

        public record Input(
            @NotBlank @Size(max = 10_000) String text,
            @Pattern(regexp = "[a-z]{2}") String language,
            @Size(max = 10) List<@Size(max = 100) String> hints,
            @Valid Options options,
            boolean polite,
            Integer seed) {}

        public record Options(@Min(1) int candidates) {}

        public record Result(String text, List<String> candidates) {}

        @Override
        @Timeout(2000)
        protected Result executeService(RunContext context, Input input) {
          var request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(1)).build();
          try {
            remember(input);
            return new Result(client.send(request, null).toString(), List.of());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
          } catch (NumberFormatException ignored) {
            // No number, no candidates.
            return new Result("", List.of());
          } catch (Exception e) {
            throw new UpstreamFailedException("The translator answered nonsense.", e);
          }
        }

        @Transactional
        void remember(Input input) {
          memory.put(input.text());
        }
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void aProject() throws IOException {
    pom(
        "<dependency><groupId>com.fasterxml.jackson.core</groupId><artifactId>jackson-databind</artifactId></dependency>");
  }

  @Test
  void finds_nothing_in_a_good_service() throws IOException {
    Report report = validate(GOOD);

    assertThat(report.findings()).isEmpty();
    assertThat(report.services()).containsExactly("translate");
    assertThat(report.worst()).isEmpty();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "QS101",
            Severity.ERROR,
            "^@RegisterService\\((\\n    .*)+\\)$",
            "",
            "class TranslateService"),
        mistake(
            "QS001", Severity.ERROR, "extends BaseService<.*> \\{", "{", "class TranslateService"),
        mistake(
            "QS001",
            Severity.ERROR,
            "extends BaseService<.*> \\{",
            "extends Thread {",
            "class TranslateService"),
        mistake("QS002", Severity.ERROR, "\"translate\"", "\"Translate\"", "@RegisterService"),
        mistake("QS002", Severity.ERROR, "\"translate\"", "\"x\" + \"y \"", "@RegisterService"),
        mistake("QS002", Severity.ERROR, "name = \"translate\",", "", "@RegisterService"),
        mistake("QS003", Severity.ERROR, "\"language\"", "\"Any language\"", "@RegisterService"),
        mistake(
            "QS003",
            Severity.ERROR,
            "\"Translates a text.\"",
            "\"" + "x".repeat(2001) + "\"",
            "@RegisterService"),
        mistake(
            "QS004",
            Severity.ERROR,
            "public class T",
            "public abstract class T",
            "class TranslateService"),
        mistake(
            "QS006",
            Severity.ERROR,
            "public class T",
            "public final class T",
            "class TranslateService"),
        mistake(
            "QS007",
            Severity.ERROR,
            "private int calls;",
            "public TranslateService(int calls) {}",
            "TranslateService(int calls)"),
        mistake(
            "QS007",
            Severity.ERROR,
            "private int calls;",
            "private TranslateService() {}",
            "private TranslateService()"),
        mistake(
            "QS008",
            Severity.ERROR,
            "  @Override",
            "  @Asynchronous @Override",
            "class TranslateService"),
        mistake(
            "QS009",
            Severity.ERROR,
            "extends BaseService<.*> \\{",
            "extends BaseService {",
            "extends BaseService"),
        mistake(
            "QS010",
            Severity.ERROR,
            "public record Input[\\s\\S]*?\\) \\{\\}",
            "public static class Input {}",
            "class Input"),
        mistake("QS010", Severity.ERROR, "public record Input", "record Input", "record Input"),
        mistake("QS010", Severity.ERROR, "boolean polite", "java.io.File polite", "polite"),
        mistake(
            "QS011",
            Severity.ERROR,
            "Result\\(String text, ",
            "Result(java.io.InputStream text, ",
            "record Result"),
        mistake("QS012", Severity.ERROR, "\"0.25\"", "\"-1\"", "@RegisterService"),
        mistake("QS012", Severity.ERROR, "\"0.25\"", "\"one\"", "@RegisterService"),
        mistake("QS012", Severity.ERROR, "\"0.001\"", "\"0.0000001\"", "@UnitPrice"),
        mistake("QS013", Severity.ERROR, "unit = \"tokens\"", "unit = \"Tokens\"", "unitPrices"),
        mistake(
            "QS013",
            Severity.ERROR,
            "unitPrices = (@.*\\))\\)",
            "unitPrices = {$1,\n$1})",
            "@UnitPrice(unit = \"tokens\", creditsPerUnit = \"0.001\", maximum = 100)})"),
        mistake("QS015", Severity.ERROR, "public class", "@Retry public class", "@Retry"),
        mistake(
            "QS110",
            Severity.WARNING,
            "public record Input[\\s\\S]*?\\) \\{\\}",
            "public record Input(String text) {}",
            "record Input"),
        mistake(
            "QS111",
            Severity.WARNING,
            "@NotBlank @Size\\(max = 10_000\\) String",
            "@NotBlank String",
            "String text"),
        mistake(
            "QS111",
            Severity.WARNING,
            "@NotBlank @Size\\(max = 10_000\\) String",
            "@Size(min = 1) String",
            "String text"),
        mistake("QS111", Severity.WARNING, "@Size\\(max = 10\\) List", "List", "hints"),
        mistake("QS111", Severity.WARNING, "<@Size\\(max = 100\\) String>", "<String>", "hints"),
        mistake("QS112", Severity.WARNING, "@Valid Options", "@NotNull Options", "Options options"),
        mistake("QS120", Severity.WARNING, "  @Timeout\\(2000\\)\\n", "", "executeService"),
        mistake(
            "QS121", Severity.ERROR, "memory.put", "Thread.sleep(9); memory.put", "Thread.sleep"),
        mistake(
            "QS121",
            Severity.ERROR,
            "memory.put",
            "fetch(); } void fetch() { client.send(null, null); memory.put",
            "client.send"),
        mistake(
            "QS121", Severity.ERROR, "  @Override", "  @Transactional @Override", "client.send"),
        mistake(
            "QS121", Severity.ERROR, "public class", "@Transactional public class", "client.send"),
        mistake("QS122", Severity.WARNING, "memory.put", "calls++; memory.put", "int calls"),
        mistake("QS122", Severity.WARNING, "memory.put", "this.calls = 2; memory.put", "int calls"),
        mistake(
            "QS123", Severity.WARNING, ".timeout\\(Duration.ofSeconds\\(1\\)\\)", "", "newBuilder"),
        mistake(
            "QS124",
            Severity.SUGGESTION,
            "memory.put",
            "HttpClient.newHttpClient(); memory.put",
            "memory.put"),
        mistake(
            "QS130",
            Severity.ERROR,
            "API_KEY_SETTING = \"api-key\"",
            "API_KEY = \"a8f5f167f44f\"",
            "API_KEY"),
        mistake("QS130", Severity.ERROR, "\"api-key\"", "\"sk-Abcdefghij0123456789\"", "sk-"),
        mistake("QS130", Severity.ERROR, "\"api-key\"", "\"AKIAABCDEFGHIJKLMNOP\"", "AKIA"),
        mistake("QS130", Severity.ERROR, "\"api-key\"", "\"qs_demo_0123456789abcdef\"", "qs_demo"),
        mistake(
            "QS130", Severity.ERROR, "\"api-key\"", "\"https://me:secret@example.org\"", "https:"),
        mistake("QS130", Severity.ERROR, "\"api-key\"", "\"Bearer abcdefghijklmnop\"", "Bearer"),
        mistake(
            "QS131",
            Severity.WARNING,
            "memory.put",
            "System.out.println(1); memory.put",
            "System.out"),
        mistake(
            "QS131",
            Severity.WARNING,
            "memory.put",
            "System.err.println(1); memory.put",
            "System.err"),
        mistake(
            "QS131",
            Severity.WARNING,
            "memory.put",
            "new Error().printStackTrace(); memory.put",
            "printStackTrace"),
        mistake(
            "QS132",
            Severity.WARNING,
            "Thread.currentThread\\(\\).interrupt\\(\\);",
            "",
            "InterruptedException e"),
        mistake(
            "QS132",
            Severity.WARNING,
            "// No number, no candidates.",
            "",
            "NumberFormatException ignored"),
        mistake(
            "QS132",
            Severity.WARNING,
            "throw new Upstream.*",
            "return null;",
            "catch (Exception e)"),
        mistake("QS133", Severity.WARNING, "// No number", "// TODO: no number", "TODO"),
        mistake("QS133", Severity.WARNING, "Translates\\. \\*/", "Translates. FIXME */", "FIXME"),
        mistake(
            "QS134",
            Severity.SUGGESTION,
            "memory.put",
            "if (calls < 0) { throw new IllegalArgumentException(\"?\"); } memory.put",
            "IllegalArgument"),
        mistake(
            "QS135",
            Severity.SUGGESTION,
            "memory.put",
            "System.getenv(\"API_KEY\"); memory.put",
            "getenv"),
        mistake("QS136", Severity.SUGGESTION, "description = .*,", "", "@RegisterService"),
        mistake(
            "QS136", Severity.SUGGESTION, "\"Translates a text.\"", "\" \"", "@RegisterService"),
        mistake(
            "QS140",
            Severity.WARNING,
            "import com.fasterxml.jackson",
            "import dev.langchain4j.model.Model;\nimport com.fasterxml.jackson",
            "langchain4j"),
        mistake(
            "QS140",
            Severity.WARNING,
            "import com.fasterxml.jackson",
            "import com.google.common.cache.Cache;\nimport com.fasterxml.jackson",
            "google"),
        mistake(
            "QS141",
            Severity.ERROR,
            "import javax.imageio",
            "import javax.inject.Inject;\nimport javax.imageio",
            "javax.inject"),
        mistake(
            "QS142",
            Severity.WARNING,
            "import javax.imageio",
            "import org.glassfish.jersey.Client;\nimport javax.imageio",
            "glassfish"),
        mistake(
            "QS143",
            Severity.WARNING,
            "import javax.imageio",
            "import io.quickscale.credit.CreditLedger;\nimport javax.imageio",
            "CreditLedger"));
  }

  /**
   * What becomes of a good service when this is changed in it; the finding is where that stands.
   */
  private static Arguments mistake(
      String code, Severity severity, String regex, String replacement, String where) {
    String source = GOOD.replaceFirst("(?m)" + regex, replacement);
    return Arguments.of(code, severity, source, where);
  }

  @ParameterizedTest(name = "{0} {1} at {3}")
  @MethodSource("mistakes")
  void finds_the_one_mistake_on_its_line_and_says_what_to_do(
      String code, Severity severity, String source, String where) throws IOException {
    assertThat(source).isNotEqualTo(GOOD);

    Report report = validate(source);

    assertThat(report.findings())
        .as(report.findings().toString())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo(code);
              assertThat(found.severity()).isEqualTo(severity);
              assertThat(source.lines().toList().get(found.line() - 1)).contains(where);
              assertThat(found.remedy()).isNotBlank();
            });
    assertThat(report.worst()).contains(severity);
  }

  @Test
  void finds_every_syntax_error_with_its_line() throws IOException {
    Report report = validate(GOOD.replace("memory.put(input.text());", "memory.put(input.text()"));

    assertThat(report.findings()).isNotEmpty();
    assertThat(report.findings().get(0).code()).isEqualTo("QS100");
    assertThat(report.findings().get(0).severity()).isEqualTo(Severity.ERROR);
    assertThat(report.findings().get(0).line()).isEqualTo(64);
  }

  @Test
  void an_inner_class_must_be_static() throws IOException {
    String inner =
        "package com.acme;\nclass Outer {\n"
            + GOOD.substring(GOOD.indexOf("/** Translates"))
                .replace("private static final String", "final String")
            + "}\n";
    write("Outer.java", imports() + inner.substring(inner.indexOf("class Outer")));

    assertThat(codes(SourceValidator.validate(source("Outer.java")))).containsExactly("QS005");
  }

  @Test
  void two_services_with_one_name_are_found_in_both() throws IOException {
    write("TranslateService.java", GOOD);
    write("OtherService.java", GOOD.replace("TranslateService", "OtherService"));

    Report report = SourceValidator.validate(folder.resolve("src"));

    assertThat(codes(report)).containsExactly("QS014", "QS014");
    assertThat(report.findings().get(0).message())
        .isEqualTo("com.acme.TranslateService has the name 'translate' too");
  }

  @Test
  void the_name_of_a_service_that_ships_is_taken_in_a_project_of_ones_own() throws IOException {
    pom(
        "<dependency><groupId>com.fasterxml.jackson.core</groupId><artifactId>jackson-databind</artifactId></dependency>"
            + "<dependency><groupId>io.quickscale</groupId><artifactId>quickscale</artifactId></dependency>");

    for (String name : DefinitionCheck.SHIPPED) {
      assertThat(codes(validate(GOOD.replace("\"translate\"", "\"" + name + "\""))))
          .containsExactly("QS014");
    }
  }

  @Test
  void the_names_of_the_services_that_ship_are_known() {
    assertThat(
            new ClassFileImporter()
                .importPackages("io.quickscale.catalog").stream()
                    .filter(type -> type.isAnnotatedWith(RegisterService.class))
                    .map(type -> type.getAnnotationOfType(RegisterService.class).name()))
        .containsExactlyInAnyOrderElementsOf(DefinitionCheck.SHIPPED);
  }

  @Test
  void a_service_without_a_unit_test_is_noticed_where_there_are_tests() throws IOException {
    Path tests = Files.createDirectories(folder.resolve("src/test/java/com/acme"));
    assertThat(codes(validate(GOOD))).containsExactly("QS137");

    Files.createFile(tests.resolve("TranslateServiceTest.java"));
    assertThat(codes(validate(GOOD))).isEmpty();
  }

  @Test
  void a_base_class_of_the_project_counts_as_the_base() throws IOException {
    write(
        "Remote.java",
        "package com.acme;\nabstract class Remote<I, O> extends BaseService<I, O> {}\n");

    assertThat(codes(validate(GOOD.replace("extends BaseService<", "extends Remote<")))).isEmpty();
    assertThat(codes(SourceValidator.validate(source("Remote.java")))).containsExactly("QS101");
  }

  @Test
  void a_base_class_far_above_counts_and_one_of_a_library_is_believed() throws IOException {
    write(
        "Remote.java",
        "package com.acme;\n"
            + "import com.acme.far.Far;\n"
            + "abstract class Remote<I, O> extends Far<I, O> {}\n");
    Path far = source("far/Far.java");
    Files.createDirectories(far.getParent());
    Files.writeString(
        far,
        "package com.acme.far;\npublic abstract class Far<I, O> extends BaseService<I, O> {}\n");
    String source = GOOD.replace("extends BaseService<", "extends Remote<");
    assertThat(codes(validate(source))).isEmpty();

    Files.writeString(
        far,
        "package com.acme.far;\n"
            + "import com.other.Lib;\n"
            + "public abstract class Far<I, O> extends Lib<I, O> {}\n");
    assertThat(codes(validate(source))).isEmpty();

    Files.writeString(
        far, "package com.acme.far;\npublic abstract class Far<I, O> extends Object {}\n");
    assertThat(codes(validate(source))).containsExactly("QS001");
  }

  @Test
  void an_input_in_a_file_of_its_own_is_judged_where_it_is() throws IOException {
    write("Options.java", "package com.acme;\npublic record Options(@Min(1) int candidates) {}\n");
    String source =
        GOOD.replace("  public record Options(@Min(1) int candidates) {}\n", "")
            .replace("@Valid Options", "@NotNull Options");

    assertThat(codes(validate(source))).containsExactly("QS112");
  }

  @Test
  void classes_of_the_project_need_no_dependency() throws IOException {
    Files.createDirectories(folder.resolve("src/main/java/org/acme/tools"));
    String source =
        GOOD.replace(
            "import java.util.List;", "import java.util.List;\nimport org.acme.tools.Tool;");

    assertThat(codes(validate(source))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "1.5", "0.000001", "999999999999", "1e3", "1e-6", "01"})
  void takes_the_amounts_that_the_server_takes(String amount) {
    assertThat(CreditAmount.parse(amount)).isEqualByComparingTo(Credits.parse(amount).toDecimal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "one", "0.0000001", "1000000000000", "1e13", "1e-7", "1,5", " 1"})
  void refuses_the_amounts_that_the_server_refuses_for_the_same_reason(String amount) {
    assertThatThrownBy(() -> Credits.parse(amount))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            servers ->
                assertThatThrownBy(() -> CreditAmount.parse(amount))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(servers.getMessage()));
  }

  @Test
  void a_service_is_found_by_its_name_its_class_and_its_qualified_class() throws IOException {
    write("TranslateService.java", GOOD);
    SourceProject project = SourceProject.at(folder);

    for (String name : List.of("translate", "TranslateService", "com.acme.TranslateService")) {
      assertThat(SourceValidator.validate(project, name))
          .get()
          .extracting(Report::services)
          .isEqualTo(List.of("translate"));
    }
    assertThat(SourceValidator.validate(project, "nobody")).isEmpty();
  }

  @Test
  void a_file_without_a_service_is_an_error_and_a_folder_without_is_empty() throws IOException {
    write("Tool.java", "package com.acme;\nclass Tool {}\n");

    assertThat(codes(SourceValidator.validate(source("Tool.java")))).containsExactly("QS101");
    assertThat(SourceValidator.validate(folder.resolve("src")).services()).isEmpty();
  }

  @Test
  void what_is_not_there_or_not_java_is_refused() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "?");

    assertThatThrownBy(() -> SourceValidator.validate(text))
        .hasMessageContaining("not a Java source");
    assertThatThrownBy(() -> SourceValidator.validate(folder.resolve("x.java")))
        .hasMessageContaining("no file or folder");
  }

  @Test
  void tips_fit_the_service() throws IOException {
    assertThat(validate(GOOD).tips())
        .anyMatch(
            tip ->
                tip.contains(
                    "com.fasterxml, which com.fasterxml.jackson.core:jackson-databind of pom.xml"
                        + " brings"))
        .anyMatch(tip -> tip.contains("@CircuitBreaker"))
        .anyMatch(tip -> tip.contains("/api/v1/services/translate/validate"))
        .noneMatch(tip -> tip.contains("unitPrices"));
    assertThat(
            validate(GOOD.replace("@Timeout(2000)", "@Timeout(2000) @Retry @CircuitBreaker"))
                .tips())
        .noneMatch(tip -> tip.contains("@CircuitBreaker") || tip.contains("@Retry"));
  }

  @Test
  void every_service_that_ships_is_good() {
    Report report = SourceValidator.validate(Path.of("src/main/java"));

    assertThat(report.services())
        .contains("sentiment_analysis", "keyword_extractor", "data_validator");
    assertThat(report.findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ServiceType.class)
  void every_service_that_is_generated_is_good(ServiceType type) {
    NewFiles.write(folder, ProjectFiles.of("shop", plan("first", type)));
    List<NewFile> files = ServiceFiles.of(plan("second", type), Container.LAUNCHER, "com.acme");
    NewFiles.write(folder, files);

    Report report = SourceValidator.validate(folder);

    assertThat(report.services()).containsExactly("first", "second");
    assertThat(report.findings()).isEmpty();
  }

  private static ServicePlan plan(String name, ServiceType type) {
    return new ServicePlan(ServiceName.of(name), type, "0", type.description(), "com.acme");
  }

  private Report validate(String source) throws IOException {
    return SourceValidator.validate(write("TranslateService.java", source));
  }

  private static List<String> codes(Report report) {
    return report.findings().stream().map(Finding::code).toList();
  }

  private static String imports() {
    return GOOD.substring(0, GOOD.indexOf("/** Translates"));
  }

  private Path write(String name, String source) throws IOException {
    Files.createDirectories(source(name).getParent());
    return Files.writeString(source(name), source);
  }

  private Path source(String name) {
    return folder.resolve("src/main/java/com/acme").resolve(name);
  }

  private void pom(String dependencies) throws IOException {
    Files.writeString(
        folder.resolve("pom.xml"),
        "<project><artifactId>acme</artifactId><dependencies>"
            + dependencies
            + "</dependencies></project>");
  }
}
