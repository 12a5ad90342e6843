package io.quickscale.cli;

import io.quickscale.cli.generate.NewFile;
import io.quickscale.cli.generate.NewFiles;
import io.quickscale.cli.generate.PackageName;
import io.quickscale.cli.generate.ServiceFiles;
import io.quickscale.cli.generate.ServiceName;
import io.quickscale.cli.generate.ServicePlan;
import io.quickscale.cli.generate.ServiceType;
import io.quickscale.cli.generate.TargetProject;
import io.quickscale.cli.source.ServiceSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a new service into a project. */
@Command(
    name = "generate-service",
    description = "Write a new service: its class, tests and examples, ready to run.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quickscale generate-service my_ai_service",
      "  quickscale generate-service SentimentScore --type text_processing --credit-cost 0.5",
      "  quickscale generate-service image-size --type image_processing --free",
      "  quickscale generate-service word_count --project ../shop --package com.example.shop",
    })
final class GenerateServiceCommand extends SourceCommand {
  @Parameters(
      paramLabel = "NAME",
      description = "Such as sentiment_score; SentimentScore and sentiment-score are the same.")
  String name;

  @Mixin ServiceOptions options = new ServiceOptions();

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The Maven project that it is for (the one around the working directory).")
  String project;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "Of its class (that of the project's services; com.example in QuickScale).")
  String packageName;

  @Option(
      names = "--output-dir",
      paramLabel = "DIR",
      description = "Write the files here, not into the project.")
  String outputDir;

  @Option(names = "--force", description = "Write over files that are there.")
  boolean force;

  GenerateServiceCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int work() {
    TargetProject target = TargetProject.at(SourceFolders.project(terminal, project));
    target
        .problem()
        .ifPresent(
            problem -> {
              throw new Failure(problem);
            });
    ServicePlan plan =
        options.plan(
            ServiceName.of(name),
            ServiceType.BASIC,
            PackageName.of(packageName == null ? target.defaultPackage() : packageName));
    refuseTaken(plan, target);
    List<NewFile> files = target.filesOf(plan);
    Path folder =
        outputDir == null
            ? target.root()
            : terminal.resolve(outputDir).toAbsolutePath().normalize();
    refuseExisting(folder, files);
    NewFiles.write(folder, files);
    if (json) {
      printJson(plan, folder, files);
    } else {
      printText(plan, target, folder, files);
    }
    return ExitCode.DONE;
  }

  private void refuseTaken(ServicePlan plan, TargetProject target) {
    String registered = plan.name().registered();
    Optional<ServiceSource> taken =
        target
            .serviceNamed(registered, ServiceFiles.mainFile(plan))
            .or(() -> target.isQuickScale() ? Optional.empty() : shippedNamed(registered));
    if (taken.isPresent()) {
      throw new Failure(
          "the name %s is taken by %s (%s): choose another, since the deployment would stop"
              .formatted(registered, taken.get().className(), shown(taken.get().path())));
    }
  }

  /** In an author's project, the services that ship are deployed too. */
  private static Optional<ServiceSource> shippedNamed(String name) {
    return SourceFolders.shipped().stream()
        .filter(service -> service.name().filter(name::equals).isPresent())
        .findFirst();
  }

  private void refuseExisting(Path folder, List<NewFile> files) {
    List<NewFile> existing = force ? List.of() : NewFiles.existing(folder, files);
    if (!existing.isEmpty()) {
      throw new Failure(
          "nothing was written, since there is already %s. Choose another name, or write over with --force"
              .formatted(
                  String.join(
                      ", ",
                      existing.stream().map(file -> shown(folder.resolve(file.path()))).toList())));
    }
  }

  private void printJson(ServicePlan plan, Path folder, List<NewFile> files) {
    var answer = Json.object();
    answer.put("name", plan.name().registered());
    answer.put("class", plan.packageName() + "." + plan.name().className());
    var paths = answer.putArray("files");
    files.forEach(file -> paths.add(folder.resolve(file.path()).toString()));
    terminal.out().println(Json.pretty(answer));
  }

  private void printText(ServicePlan plan, TargetProject target, Path folder, List<NewFile> files) {
    String registered = plan.name().registered();
    terminal
        .out()
        .printf(
            "%s: registered as %s, class %s.%s, %s%n",
            name,
            registered,
            plan.packageName(),
            plan.name().className(),
            plan.creditCost().equals("0") ? "free" : plan.creditCost() + " credits a run");
    files.forEach(file -> terminal.out().println("  wrote " + shown(folder.resolve(file.path()))));
    if (!target.canTestOnServer()) {
      terminal
          .out()
          .println(
              "No in-container test was written: the project has no QuickScaleServer to run it on,"
                  + " as one made by '"
                  + terminal.command()
                  + " init' has.");
    }
    if (outputDir == null) {
      printNextSteps(plan, target);
    }
  }

  private void printNextSteps(ServicePlan plan, TargetProject target) {
    String registered = plan.name().registered();
    boolean isHere = target.root().equals(terminal.directory().toAbsolutePath().normalize());
    terminal
        .out()
        .printf(
            """

            Your logic goes into executeService. Then:
            %s  ./scripts/quickscale validate-service %s
              ./scripts/test '-Dtest=%s*'
              ./scripts/quickscale dev
            The last one stays, and answers with what you save. In another terminal, in the same folder, with the key that it shows:
              ./scripts/quickscale profile add demo --url http://localhost:%s
              ./scripts/quickscale run %s --input @src/examples/%s.json
            """,
            isHere ? "" : "  cd " + shown(target.root()) + System.lineSeparator(),
            registered,
            plan.name().className(),
            terminal.environment("QUICKSCALE_HTTP_PORT").orElse("8080"),
            registered,
            registered);
  }
}
