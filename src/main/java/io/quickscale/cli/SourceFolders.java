package io.quickscale.cli;

import io.quickscale.cli.generate.TargetProject;
import io.quickscale.cli.source.ServiceSource;
import io.quickscale.cli.source.SourceProject;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where sources are: the user's, and those of QuickScale. */
final class SourceFolders {
  private SourceFolders() {}

  /** The clone of QuickScale that this command line was built in; empty if the jar was moved. */
  static Optional<Path> home() {
    return withPom(code()).filter(folder -> TargetProject.at(folder).isQuickScale()).findFirst();
  }

  private static Path code() {
    try {
      return Path.of(
          SourceFolders.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The class path is not made of URLs", e);
    }
  }

  /** A path's folders that are Maven projects, the innermost first. */
  private static Stream<Path> withPom(Path path) {
    return Stream.<Path>iterate(path, folder -> folder != null, Path::getParent)
        .filter(folder -> folder.resolve("pom.xml").toFile().isFile());
  }

  /**
   * The project that is meant.
   *
   * @param option its folder as the user wrote it; null for the project that the working directory
   *     is in, or else the one this command line is from
   */
  static Path project(Terminal terminal, String option) {
    if (option != null) {
      return terminal.resolve(option).toAbsolutePath().normalize();
    }
    return withPom(terminal.directory().toAbsolutePath())
        .findFirst()
        .or(SourceFolders::home)
        .orElse(terminal.directory());
  }

  /** The services that ship, if this command line knows where they are. */
  static List<ServiceSource> shipped() {
    return home().stream()
        .flatMap(folder -> SourceProject.at(folder).servicesOf("io.quickscale.catalog").stream())
        .toList();
  }

  /** A path as the user would write it: relative, if it is no further away than a sibling. */
  static String shown(Terminal terminal, Path path) {
    Path relative = terminal.directory().toAbsolutePath().normalize().relativize(path);
    if (relative.startsWith(Path.of("..", ".."))) {
      return path.toString();
    }
    return relative.toString().isEmpty() ? "." : relative.toString();
  }
}
