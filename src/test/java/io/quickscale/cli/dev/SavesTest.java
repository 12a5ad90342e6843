package io.quickscale.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavesTest {
  @TempDir Path root;

  /** What is done in each pause, one after the other. */
  private final Deque<Runnable> meanwhile = new ArrayDeque<>();

  private final Saves saves =
      new Saves(
          () -> SourceTree.of(root),
          () -> {
            if (!meanwhile.isEmpty()) {
              meanwhile.remove().run();
            }
          });

  @BeforeEach
  void a_project() {
    write("pom.xml", "<project/>");
    write("src/main/java/A.java", "class A {}");
  }

  @Test
  void a_burst_of_saves_is_one() {
    SourceTree built = SourceTree.of(root);
    meanwhile.add(() -> write("src/main/java/A.java", "class A { int a; }"));
    meanwhile.add(() -> write("src/main/java/B.java", "class B {}"));
    meanwhile.add(() -> write("src/main/java/C.java", "class C {}"));

    assertThat(saves.after(built).changesSince(built))
        .containsExactlyInAnyOrder(path("A.java"), path("B.java"), path("C.java"));
    assertThat(meanwhile).isEmpty();
  }

  @Test
  void what_was_saved_during_a_build_is_not_lost() {
    SourceTree built = SourceTree.of(root);
    write("src/main/java/A.java", "class A { int saved; }");

    assertThat(saves.after(built).changesSince(built)).containsExactly(path("A.java"));
  }

  @Test
  void a_deleted_file_and_a_new_folder_are_seen() throws IOException {
    SourceTree built = SourceTree.of(root);
    Files.delete(path("A.java"));
    write("src/main/java/deep/er/D.java", "package deep.er; class D {}");

    SourceTree now = saves.after(built);

    assertThat(now.changesSince(built)).containsExactly(path("A.java"), path("deep/er/D.java"));
    assertThat(now.has(path("A.java"))).isFalse();
  }

  @Test
  void files_that_editors_keep_for_themselves_are_none_of_the_project() {
    SourceTree built = SourceTree.of(root);

    for (String name : List.of(".A.java.swp", "A.java~", "#A.java#", ".#A.java", "4913", "A.tmp")) {
      write("src/main/java/" + name, "edited");
    }

    assertThat(SourceTree.of(root).changesSince(built)).isEmpty();
  }

  private Path path(String source) {
    return root.resolve("src/main/java").resolve(source);
  }

  private void write(String name, String content) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
