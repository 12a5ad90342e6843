package io.quickscale.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import io.quickscale.cli.generate.ServiceFiles.Container;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceFilesTest {
  private static final Formatter FORMATTER = new Formatter();

  static Stream<String> namesOfAllLengths() {
    return Stream.iterate(1, length -> length <= 64, length -> length + 3)
        .map(length -> "x" + "abcdefg".repeat(10).substring(0, length - 1));
  }

  @ParameterizedTest
  @MethodSource("namesOfAllLengths")
  void is_formatted_as_the_build_wants_it_however_long_the_name(String name) throws Exception {
    assertFormatted(
        ServiceFiles.of(
            plan(name, ServiceType.BASIC, "Short."), Container.LAUNCHER, "com.example"));
  }

  static Stream<String> descriptions() {
    String words = "Says what there is to say about it. ";
    return Stream.iterate(0, length -> length <= 300, length -> length + 13)
        .map(length -> words.repeat(9).substring(0, length));
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void is_formatted_however_long_the_description(String description) throws Exception {
    assertFormatted(
        ServiceFiles.of(
            plan("word_count", ServiceType.BASIC, description),
            Container.ARQUILLIAN,
            "com.example"));
  }

  @ParameterizedTest
  @EnumSource(ServiceType.class)
  void is_formatted_in_any_package(ServiceType type) throws Exception {
    for (String packageName :
        List.of("a", "io.quickscale.catalog.text", "jakarta.z", "zoo.of.words")) {
      var plan =
          new ServicePlan(
              ServiceName.of("word_count"), type, "0.5", type.description(), packageName);
      for (Container container : Container.values()) {
        assertFormatted(ServiceFiles.of(plan, container, "com.example"));
      }
    }
  }

  @Test
  void a_description_is_a_text_whatever_is_in_it() {
    String source =
        ServiceFiles.of(
                plan("word_count", ServiceType.BASIC, "Says \"hi\"\nto C:\\ and «name»."),
                Container.ARQUILLIAN,
                "com.example")
            .get(0)
            .content();

    assertThat(source).contains("\"Says \\\"hi\\\"\\nto C:\\\\ and \\u00ABname».\"");
  }

  @Test
  void consists_of_a_class_two_tests_and_two_examples() {
    assertThat(
            ServiceFiles.of(
                plan("word_count", ServiceType.BASIC, "?"), Container.ARQUILLIAN, "com.example"))
        .extracting(NewFile::path)
        .containsExactly(
            "src/main/java/com/example/WordCountService.java",
            "src/test/java/com/example/WordCountServiceTest.java",
            "src/test/java/com/example/WordCountServiceIT.java",
            "src/examples/word_count.json",
            "src/examples/word_count.http");
  }

  private static ServicePlan plan(String name, ServiceType type, String description) {
    return new ServicePlan(ServiceName.of(name), type, "1.0", description, "com.example");
  }

  /** As spotless does it: imports ordered, unused ones removed, formatted. */
  private static void assertFormatted(List<NewFile> files) throws FormatterException {
    for (NewFile file : files) {
      if (file.path().endsWith(".java")) {
        String java = file.content();
        String ordered = ImportOrderer.reorderImports(java, JavaFormatterOptions.Style.GOOGLE);
        assertThat(java)
            .as("spotless joins annotations with the type behind them, however long the line is")
            .doesNotContainPattern("(?m)^ {6,}@.*[^{};,]$\\n {8,}[A-Z]");
        assertThat(java)
            .as(file.path())
            .isEqualTo(FORMATTER.formatSource(RemoveUnusedImports.removeUnusedImports(ordered)));
      }
    }
  }
}
