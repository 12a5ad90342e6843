package io.quickscale.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a project was made of at one moment: the files under src/main, and the pom.xml. Looking at
 * them again and again finds every change, also of new folders and on every file system; a watch
 * service does not.
 */
public final class SourceTree {
  /** What editors keep beside a file while it is edited. */
  private static final Pattern EDITORS_OWN =
      Pattern.compile("\\..*|.*~|#.*#|4913|.*\\.(sw[a-z]|tmp|bak|orig)|.*___jb_(tmp|old)___");

  private final Path root;
  private final Map<Path, Stamp> files;

  private record Stamp(FileTime written, long size) {}

  private SourceTree(Path root, Map<Path, Stamp> files) {
    this.root = root;
    this.files = files;
  }

  /** The project as it is now. */
  public static SourceTree of(Path root) {
    Map<Path, Stamp> files = new TreeMap<>();
    try {
      collect(root.resolve("src").resolve("main"), files);
      collect(root.resolve("pom.xml"), files);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the project in " + root, e);
    }
    return new SourceTree(root, files);
  }

  private static void collect(Path start, Map<Path, Stamp> files) throws IOException {
    if (!Files.exists(start)) {
      return;
    }
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!EDITORS_OWN.matcher(file.getFileName().toString()).matches()) {
              files.put(file, new Stamp(attributes.lastModifiedTime(), attributes.size()));
            }
            return FileVisitResult.CONTINUE;
          }

          /** It was deleted, or renamed, while the folder was read. */
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The files that were written, added or deleted between the other moment and this one. */
  public Set<Path> changesSince(SourceTree other) {
    Set<Path> changed = new TreeSet<>(files.keySet());
    changed.addAll(other.files.keySet());
    changed.removeIf(
        file -> files.containsKey(file) && files.get(file).equals(other.files.get(file)));
    return changed;
  }

  public boolean has(Path file) {
    return files.containsKey(file);
  }

  /** The Java sources. */
  public Set<Path> java() {
    return under("java", ".java");
  }

  /** What goes into the class path as it is. */
  public Set<Path> resources() {
    return under("resources", "");
  }

  /** What goes to the WAR's root as it is. */
  public Set<Path> webapp() {
    return under("webapp", "");
  }

  /** The folder of a part, such as {@code java}. */
  Path folder(String part) {
    return root.resolve("src").resolve("main").resolve(part);
  }

  private Set<Path> under(String part, String ending) {
    Set<Path> found = new TreeSet<>(files.keySet());
    found.removeIf(file -> !file.startsWith(folder(part)) || !file.toString().endsWith(ending));
    return found;
  }
}
