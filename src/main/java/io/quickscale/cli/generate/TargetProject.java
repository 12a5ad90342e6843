package io.quickscale.cli.generate;

import io.quickscale.cli.generate.ServiceFiles.Container;
import io.quickscale.cli.source.Pom;
import io.quickscale.cli.source.ServiceSource;
import io.quickscale.cli.source.SourceProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Maven project that a service is written into: QuickScale itself, or an author's. */
public final class TargetProject {
  private static final String GROUP = "io.quickscale";
  private static final String ARTIFACT = "quickscale";
  private static final String SERVER = "QuickScaleServer.java";

  private final Path root;
  private final Pom pom;
  private final SourceProject sources;

  private TargetProject(Path root) {
    this.root = root.toAbsolutePath().normalize();
    this.pom = Pom.read(this.root.resolve("pom.xml"));
    this.sources = SourceProject.at(this.root);
  }

  /** The project in the folder; see {@link #problem()}. */
  public static TargetProject at(Path root) {
    return new TargetProject(root);
  }

  /** What keeps services from being written here, and what to do; empty if nothing does. */
  public Optional<String> problem() {
    if (pom.artifactId().isEmpty()) {
      return Optional.of(
          "%s has no pom.xml. Name a Maven project with --project DIR, or make one: quickscale init DIR"
              .formatted(root));
    }
    if (!isQuickScale() && !pom.dependencies().contains(GROUP + ":" + ARTIFACT)) {
      return Optional.of(
          "%s does not depend on %s:%s. Add the dependencies that the pom.xml of a new project has: quickscale init DIR"
              .formatted(root.resolve("pom.xml"), GROUP, ARTIFACT));
    }
    return Optional.empty();
  }

  public Path root() {
    return root;
  }

  /** Whether this is QuickScale's own project. */
  public boolean isQuickScale() {
    return pom.artifactId().filter(ARTIFACT::equals).isPresent()
        && pom.groupId().filter(GROUP::equals).isPresent();
  }

  /** Where the classes of authors are: their first service's package, or the project's group. */
  public String defaultPackage() {
    if (isQuickScale()) {
      return "com.example";
    }
    return sources.services().stream()
        .findFirst()
        .map(service -> service.className().replaceFirst("\\.?[^.]*$", ""))
        .filter(found -> !found.isEmpty())
        .or(pom::groupId)
        .orElse("com.example");
  }

  /** The service of the project that has the name already, other than the one of this file. */
  public Optional<ServiceSource> serviceNamed(String name, String file) {
    return sources.services().stream()
        .filter(service -> service.name().filter(name::equals).isPresent())
        .filter(service -> !service.path().equals(root.resolve(file)))
        .findFirst();
  }

  /** The files of a service, as they fit into this project. */
  public List<NewFile> filesOf(ServicePlan plan) {
    Container container = isQuickScale() ? Container.ARQUILLIAN : Container.LAUNCHER;
    return ServiceFiles.of(plan, container, serverPackage().orElse(plan.packageName())).stream()
        .filter(file -> canTestOnServer() || !file.path().endsWith("IT.java"))
        .toList();
  }

  /** Whether the project has what an in-container test needs; one made by init has. */
  public boolean canTestOnServer() {
    return isQuickScale() || serverPackage().isPresent();
  }

  private Optional<String> serverPackage() {
    Path tests = root.resolve("src/test/java");
    if (!Files.isDirectory(tests)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(tests)) {
      return files
          .filter(file -> file.getFileName().toString().equals(SERVER))
          .findFirst()
          .map(file -> tests.relativize(file.getParent()).toString().replace('/', '.'));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the folder " + tests, e);
    }
  }
}
