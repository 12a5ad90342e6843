package io.quickscale.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A folder with what a project's sources put into its WAR, laid out as in the WAR. */
final class Layer {
  private final Path folder;

  private Layer(Path folder) {
    this.folder = folder;
  }

  /** An empty one; what is in the folder goes. */
  static Layer emptyIn(Path folder) {
    deleteAll(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + folder, e);
    }
    return new Layer(folder);
  }

  /** Where classes and resources go. */
  Path classes() {
    return folder.resolve("WEB-INF").resolve("classes");
  }

  /** Copies files, with the same path below the target as below their own folder. */
  void add(Set<Path> files, Path from, Path target) {
    for (Path file : files) {
      copy(file, target.resolve(from.relativize(file).toString()));
    }
  }

  Path folder() {
    return folder;
  }

  /**
   * Makes an unpacked WAR have what is in this layer, and nothing of what only the layer before it
   * had.
   */
  void replace(Layer before, Path war) {
    Set<Path> here = paths();
    Set<Path> gone = new HashSet<>(before.paths());
    gone.removeAll(here);
    try {
      for (Path path : gone) {
        Files.deleteIfExists(war.resolve(path));
      }
      for (Path path : here) {
        if (!isSame(folder.resolve(path), war.resolve(path))) {
          copy(folder.resolve(path), war.resolve(path));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot change the unpacked WAR in " + war, e);
    }
  }

  private static boolean isSame(Path file, Path other) throws IOException {
    return Files.exists(other) && Files.mismatch(file, other) < 0;
  }

  private Set<Path> paths() {
    Set<Path> paths = new HashSet<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile).map(folder::relativize).forEach(paths::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the folder " + folder, e);
    }
    return paths;
  }

  private static void copy(Path file, Path target) {
    try {
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }

  static void deleteAll(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the folder " + folder, e);
    }
  }
}
