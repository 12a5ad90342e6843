package io.quickscale.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectFilesTest {
  private static final Pattern VERSIONED =
      Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");
  private static final Pattern PROPERTY = Pattern.compile("<(version\\.[a-z-]+)>([^<]+)</");

  @TempDir Path folder;

  @Test
  void names_the_versions_that_quickscale_is_built_with() throws IOException {
    Map<String, String> ours = versions(Files.readString(Path.of("pom.xml")));
    Map<String, String> theirs = versions(content("pom.xml", ServiceType.BASIC));

    theirs.keySet().retainAll(ours.keySet());

    assertThat(theirs)
        .containsKeys("jakarta.jakartaee-api", "payara-micro", "maven-war-plugin", "assertj-core")
        .isEqualTo(withKeysOf(theirs, ours));
    assertThat(content("pom.xml", ServiceType.BASIC))
        .doesNotContain("@")
        .contains("<artifactId>shop");
  }

  @ParameterizedTest
  @EnumSource(ServiceType.class)
  void the_launcher_is_quickscales_own_but_for_the_call_that_it_shows(ServiceType type)
      throws IOException {
    List<String> ours = Files.readAllLines(Path.of("scripts/run"));
    List<String> theirs = content("scripts/run", type).lines().toList();

    assertThat(theirs)
        .filteredOn(line -> !ours.contains(line))
        .containsExactly(
            "example_service=word_count",
            "example_input='" + content("src/examples/word_count.json", type).strip() + "'");
    assertThat(theirs).hasSameSizeAs(ours);
  }

  @ParameterizedTest
  @ValueSource(strings = {"payara-micro", "payara-server", "wildfly"})
  void has_the_whole_configuration_of_each_server(String server) throws IOException {
    try (Stream<Path> ours = Files.list(Path.of("server-config", server))) {
      for (Path file : ours.toList()) {
        assertThat(content(file.toString(), ServiceType.BASIC)).isEqualTo(Files.readString(file));
      }
    }
  }

  @Test
  void the_command_line_is_quickscales_own_with_all_its_libraries() throws IOException {
    String theirs = content("pom.xml", ServiceType.BASIC);
    Matcher classPath =
        Pattern.compile("<Class-Path>([^<]+)<").matcher(Files.readString(Path.of("pom.xml")));

    assertThat(content("scripts/quickscale", ServiceType.BASIC))
        .isEqualTo(Files.readString(Path.of("scripts/quickscale")));
    assertThat(classPath.find()).isTrue();
    assertThat(classPath.group(1).split(" "))
        .isNotEmpty()
        .allSatisfy(
            jar ->
                assertThat(theirs)
                    .contains(
                        "<artifactId>%s</artifactId>"
                            .formatted(jar.replace("cli-lib/", "").replace(".jar", ""))));
  }

  @Test
  void the_test_server_is_formatted() throws Exception {
    String server = content("src/test/java/com/acme/shop/QuickScaleServer.java", ServiceType.BASIC);

    assertThat(server).isEqualTo(new Formatter().formatSource(server));
  }

  @Test
  void scripts_can_be_started() {
    NewFiles.write(folder, files(ServiceType.BASIC));

    assertThat(folder.resolve("scripts/run")).isExecutable();
    assertThat(folder.resolve("scripts/quickscale")).isExecutable();
    assertThat(folder.resolve("server-config/wildfly/configure.sh")).isExecutable();
    assertThat(folder.resolve("scripts/test")).isExecutable();
    assertThat(folder.resolve("README.md")).isRegularFile().isNotEmptyFile();
  }

  @Test
  void knows_which_files_are_there_already() throws IOException {
    Files.writeString(folder.resolve("pom.xml"), "mine");

    assertThat(NewFiles.existing(folder, files(ServiceType.BASIC)))
        .extracting(NewFile::path)
        .containsExactly("pom.xml");
  }

  private static List<NewFile> files(ServiceType type) {
    return ProjectFiles.of(
        "shop",
        new ServicePlan(ServiceName.of("word_count"), type, "1.0", "Counts.", "com.acme.shop"));
  }

  private static String content(String path, ServiceType type) {
    return files(type).stream()
        .filter(file -> file.path().equals(path))
        .map(NewFile::content)
        .findFirst()
        .orElseThrow();
  }

  /** Of artifacts, with properties filled in; JUnit's are the BOM's. */
  private static Map<String, String> versions(String pom) {
    Map<String, String> properties = new TreeMap<>();
    PROPERTY
        .matcher(pom)
        .results()
        .forEach(found -> properties.put(found.group(1), found.group(2)));
    Map<String, String> versions = new TreeMap<>();
    Matcher matcher = VERSIONED.matcher(pom);
    while (matcher.find()) {
      String version = matcher.group(2).replaceAll("^\\$\\{(.*)}$", "$1");
      String artifact = matcher.group(1).replace("junit-bom", "junit-jupiter");
      versions.put(artifact, properties.getOrDefault(version, version));
    }
    return versions;
  }

  private static Map<String, String> withKeysOf(
      Map<String, String> keys, Map<String, String> values) {
    Map<String, String> kept = new TreeMap<>(values);
    kept.keySet().retainAll(keys.keySet());
    return kept;
  }
}
