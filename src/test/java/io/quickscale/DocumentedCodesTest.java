package io.quickscale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference has a line for each number that the code can give, and for no other. */
class DocumentedCodesTest {
  private static final Path CODE = Path.of("src/main/java/io/quickscale");
  private static final Path REFERENCE = Path.of("src/site/markdown/reference");

  @Test
  void each_number_of_the_deployment_is_in_the_reference() throws IOException {
    Set<String> given = given("registry", "\"(QS\\d+)");
    given.addAll(given("definition", "\"(QS\\d+)"));

    assertThat(documented("definition-errors.md")).isEqualTo(given);
  }

  @Test
  void each_number_of_validate_service_is_in_the_reference() throws IOException {
    Set<String> documented = documented("source-checks.md");
    documented.addAll(documented("definition-errors.md"));

    assertThat(documented).containsAll(given("cli/source", "\"(QS\\d+)\""));
    assertThat(given("cli/source", "\"(QS1\\d+)\""))
        .as("none is left over")
        .isEqualTo(documented("source-checks.md"));
  }

  private static Set<String> documented(String page) throws IOException {
    return found(Files.readString(REFERENCE.resolve(page)), "(?m)^\\| (QS\\d+) \\|");
  }

  private static Set<String> given(String packagePath, String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(CODE.resolve(packagePath))) {
      Set<String> all = new TreeSet<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.addAll(found(Files.readString(file), pattern));
      }
      return all;
    }
  }

  private static Set<String> found(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
