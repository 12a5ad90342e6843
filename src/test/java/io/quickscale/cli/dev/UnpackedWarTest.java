package io.quickscale.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedWarTest {
  @TempDir Path root;

  private JavaBuild build;
  private UnpackedWar war;

  @BeforeEach
  void a_project_with_a_war() throws IOException {
    write("src/main/java/shop/Price.java", "package shop; class Price { int of() { return 1; } }");
    write("target/classes/shop/Gone.class", "of a source that is deleted");
    Path archive = root.resolve("target/quickscale.war");
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (var entry :
          Map.of(
                  "WEB-INF/lib/quickscale.jar", "a library",
                  "WEB-INF/classes/io/quickscale/Below.class", "laid below",
                  "WEB-INF/classes/shop/Gone.class", "of a source that is deleted",
                  "WEB-INF/classes/generated.txt", "by the build")
              .entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    build = new JavaBuild(root, List.of(), "17");
    war =
        UnpackedWar.of(
            archive,
            root.resolve("target/dev"),
            root.resolve("target/classes"),
            file -> !file.toString().contains("excluded"));
  }

  @Test
  void has_what_the_war_has_and_what_the_sources_say_now() throws IOException {
    write("src/main/resources/words.txt", "one");
    write("src/main/webapp/index.html", "<p>");
    write("src/main/java/excluded/Tool.java", "package excluded; class Tool {}");

    assertThat(update()).isEmpty();

    assertThat(inWar("WEB-INF/lib/quickscale.jar")).exists();
    assertThat(inWar("WEB-INF/classes/io/quickscale/Below.class")).exists();
    assertThat(inWar("WEB-INF/classes/generated.txt")).exists();
    assertThat(inWar("WEB-INF/classes/shop/Price.class")).exists();
    assertThat(inWar("WEB-INF/classes/words.txt")).hasContent("one");
    assertThat(inWar("index.html")).hasContent("<p>");
    assertThat(inWar("WEB-INF/classes/shop/Gone.class")).doesNotExist();
    assertThat(inWar("WEB-INF/classes/excluded")).doesNotExist();
  }

  @Test
  void a_class_that_was_renamed_is_there_once_with_its_inner_classes() throws IOException {
    write("src/main/java/shop/Old.java", "package shop; class Old { record Inner() {} }");
    write("src/main/resources/old.txt", "old");
    update();
    Files.delete(root.resolve("src/main/java/shop/Old.java"));
    Files.delete(root.resolve("src/main/resources/old.txt"));
    write("src/main/java/shop/New.java", "package shop; class New { record Inner() {} }");

    assertThat(update()).isEmpty();

    assertThat(inWar("WEB-INF/classes/shop")).isDirectoryContaining("glob:**New$Inner.class");
    assertThat(inWar("WEB-INF/classes/shop")).isDirectoryNotContaining("glob:**Old*");
    assertThat(inWar("WEB-INF/classes/old.txt")).doesNotExist();
  }

  @Test
  void an_error_has_its_file_and_line_and_leaves_the_war_as_it_is() throws IOException {
    update();
    byte[] before = Files.readAllBytes(inWar("WEB-INF/classes/shop/Price.class"));
    write("src/main/java/shop/Price.java", "package shop;\nclass Price { int of() { return; } }");

    assertThat(update())
        .singleElement()
        .asString()
        .startsWith(Path.of("src/main/java/shop/Price.java") + ":2: incompatible types");
    assertThat(inWar("WEB-INF/classes/shop/Price.class")).hasBinaryContent(before);
  }

  @Test
  void a_change_that_breaks_another_class_is_an_error() throws IOException {
    write("src/main/java/shop/Shop.java", "package shop; class Shop { int a = new Price().of(); }");
    update();
    write("src/main/java/shop/Price.java", "package shop; class Price { int is() { return 1; } }");

    assertThat(update()).singleElement().asString().contains("Shop.java:1: cannot find symbol");
  }

  @Test
  void an_update_can_be_taken_back() throws IOException {
    update();
    byte[] before = Files.readAllBytes(inWar("WEB-INF/classes/shop/Price.class"));
    write("src/main/java/shop/Price.java", "package shop; class Price { int of() { return 2; } }");
    write("src/main/java/shop/More.java", "package shop; class More {}");
    update();

    war.takeBack();

    assertThat(inWar("WEB-INF/classes/shop/Price.class")).hasBinaryContent(before);
    assertThat(inWar("WEB-INF/classes/shop/More.class")).doesNotExist();
    assertThat(update()).isEmpty();
    assertThat(inWar("WEB-INF/classes/shop/More.class")).exists();
  }

  private List<String> update() {
    return war.update(SourceTree.of(root), build);
  }

  private Path inWar(String path) {
    return war.folder().resolve(path);
  }

  private void write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
