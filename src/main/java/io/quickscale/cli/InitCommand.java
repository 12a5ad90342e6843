package io.quickscale.cli;

import io.quickscale.cli.dev.Maven;
import io.quickscale.cli.generate.NewFile;
import io.quickscale.cli.generate.NewFiles;
import io.quickscale.cli.generate.PackageName;
import io.quickscale.cli.generate.ProjectFiles;
import io.quickscale.cli.generate.ServiceName;
import io.quickscale.cli.generate.ServicePlan;
import io.quickscale.cli.generate.ServiceType;
import io.quickscale.cli.source.ServiceSource;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a project of an author's own. */
@Command(
    name = "init",
    description = "Make a new project with a first service, which starts with one command.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quickscale init ../shop",
      "  quickscale init ../shop --package com.example.shop --service price_check",
      "  cd ../shop && ./scripts/run",
    })
final class InitCommand extends SourceCommand {
  private static final List<String> INSTALL =
      List.of("-DskipWildFly", "-Dmdep.analyze.skip=true", "install");

  @Parameters(
      paramLabel = "DIR",
      description = "The project's folder; its name becomes the artifact's.")
  String directory;

  @Mixin ServiceOptions options = new ServiceOptions();

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      defaultValue = "com.example",
      description = "Of its classes, and its Maven group (${DEFAULT-VALUE}).")
  String packageName;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      defaultValue = "text_statistics",
      description = "Its first service (${DEFAULT-VALUE}, of type text_processing).")
  String service;

  @Option(
      names = "--no-install",
      description = "Do not put QuickScale into the local Maven repository: it is there.")
  boolean noInstall;

  @Option(names = "--force", description = "Write over files that are there.")
  boolean force;

  InitCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int work() {
    Path folder = terminal.resolve(directory).toAbsolutePath().normalize();
    ServicePlan plan =
        options.plan(
            ServiceName.of(service), ServiceType.TEXT_PROCESSING, PackageName.of(packageName));
    refuseShipped(plan);
    List<NewFile> files = ProjectFiles.of(artifactId(folder), plan);
    List<NewFile> existing = force ? List.of() : NewFiles.existing(folder, files);
    if (!existing.isEmpty()) {
      throw new Failure(
          "nothing was written, since %s is already there. Choose another folder, or write over with --force"
              .formatted(shown(folder.resolve(existing.get(0).path()))));
    }
    NewFiles.write(folder, files);
    if (!noInstall) {
      install();
    }
    if (json) {
      printJson(folder, files);
    } else {
      printText(folder, files);
    }
    return ExitCode.DONE;
  }

  private static String artifactId(Path folder) {
    if (folder.getFileName() == null) {
      throw new IllegalArgumentException(
          "the folder %s has no name for a Maven artifact: choose another".formatted(folder));
    }
    String name = folder.getFileName().toString().toLowerCase(Locale.ROOT);
    String id = name.replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[^a-z0-9]+", "");
    if (id.isEmpty()) {
      throw new IllegalArgumentException(
          "the folder's name %s has no letter for a Maven artifact: choose another"
              .formatted(folder.getFileName()));
    }
    return id;
  }

  private void refuseShipped(ServicePlan plan) {
    Optional<ServiceSource> taken =
        SourceFolders.shipped().stream()
            .filter(found -> found.name().filter(plan.name().registered()::equals).isPresent())
            .findFirst();
    if (taken.isPresent()) {
      throw new Failure(
          "the name %s is taken by a service that ships with QuickScale: choose another with --service"
              .formatted(plan.name().registered()));
    }
  }

  /** The project depends on QuickScale, which is in no public repository. */
  private void install() {
    Optional<Path> home = SourceFolders.home();
    if (home.isEmpty()) {
      terminal
          .err()
          .println(
              "QuickScale was not put into the local Maven repository: run 'mvn install' in a clone"
                  + " of it.");
      return;
    }
    terminal.err().println("Putting QuickScale into the local Maven repository ...");
    try {
      if (!Maven.run(home.get(), terminal.err()::println, INSTALL)) {
        throw new Failure(
            "the project was written, but QuickScale could not be put into the local Maven"
                + " repository; Maven says why above");
      }
    } catch (UncheckedIOException e) {
      throw new Failure(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(
          "interrupted; the project was written, but QuickScale was not installed", e);
    }
  }

  private void printJson(Path folder, List<NewFile> files) {
    var answer = Json.object();
    answer.put("project", folder.toString());
    var paths = answer.putArray("files");
    files.forEach(file -> paths.add(file.path()));
    terminal.out().println(Json.pretty(answer));
  }

  private void printText(Path folder, List<NewFile> files) {
    terminal.out().printf("%s: a project with its first service%n", folder);
    files.forEach(file -> terminal.out().println("  wrote " + file.path()));
    terminal
        .out()
        .printf(
            """

            Test it:
              cd %s
              ./scripts/test
            One more service, and the server, which answers with what you save:
              ./scripts/quickscale generate-service second_service
              ./scripts/quickscale dev
            """,
            shown(folder));
  }
}
