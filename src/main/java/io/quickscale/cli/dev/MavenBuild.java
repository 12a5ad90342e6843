package io.quickscale.cli.dev;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The whole build, by Maven: once, and again when the pom.xml has changed. */
public final class MavenBuild {
  private final Path root;
  private final Path classPath;

  /**
   * A project's build.
   *
   * @param work a folder of this object's own
   */
  public MavenBuild(Path root, Path work) {
    this.root = root;
    this.classPath = work.resolve("class-path");
  }

  /** The WAR that it makes. */
  public Path war() {
    return root.resolve("target/quickscale.war");
  }

  /** Where it puts the project's own classes. */
  public Path classes() {
    return root.resolve("target/classes");
  }

  /** Whether what is there was built with this pom.xml. */
  public boolean isCurrent() {
    Path pom = root.resolve("pom.xml");
    return isNewer(war(), pom) && isNewer(classPath, pom);
  }

  private static boolean isNewer(Path made, Path from) {
    try {
      return Files.exists(made)
          && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(from)) >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the folder " + made.getParent(), e);
    }
  }

  /**
   * Builds the WAR without tests and asks for the class path.
   *
   * @param show gets what Maven says, which is nothing if all is well
   * @return whether it succeeded
   * @throws UncheckedIOException Maven cannot be started
   */
  public boolean run(Consumer<String> show) {
    try {
      boolean done =
          Maven.run(
              root,
              show,
              List.of(
                  "-Dmdep.includeScope=compile",
                  "-Dmdep.outputFile=" + classPath,
                  "package",
                  "dependency:build-classpath"));
      if (done) {
        // Maven leaves a WAR alone whose content is the same.
        touch(war());
      }
      return done;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + war(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(
        file, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis()));
  }

  /** What the sources are compiled with: jars, and no WAR that this one is laid over. */
  public List<Path> classPath() {
    try {
      return Stream.of(Files.readString(classPath).strip().split(File.pathSeparator))
          .filter(entry -> entry.endsWith(".jar"))
          .map(Path::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + classPath, e);
    }
  }
}
