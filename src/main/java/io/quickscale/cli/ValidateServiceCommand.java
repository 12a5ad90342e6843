package io.quickscale.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quickscale.cli.source.Finding;
import io.quickscale.cli.source.ServiceSource;
import io.quickscale.cli.source.Severity;
import io.quickscale.cli.source.SourceProject;
import io.quickscale.cli.source.SourceValidator;
import io.quickscale.cli.source.SourceValidator.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads services and says what to mend. */
@Command(
    name = "validate-service",
    description = "Read a service's source and say what to mend in it.",
    footerHeading = "%nExit code:%n",
    footer = {
      "  0 nothing, or warnings and suggestions only; 1 an error, or with --strict a warning; 2"
          + " wrong use",
      "",
      "Examples:",
      "  quickscale validate-service sentiment_analysis --tips",
      "  quickscale validate-service src/main/java/com/example/WordCountService.java",
      "  quickscale validate-service src/main/java --strict --json",
    })
final class ValidateServiceCommand extends SourceCommand {
  @Parameters(
      paramLabel = "FILE|DIR|NAME",
      description = "A source, all in a folder, or a service of the project by its name.")
  String what;

  @Option(names = "--tips", description = "Further advice, on what is no mistake.")
  boolean tips;

  @Option(names = "--strict", description = "Fail on warnings too.")
  boolean strict;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "Where to look for NAME (the project around the working directory).")
  String project;

  ValidateServiceCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int work() {
    Report report = report();
    if (json) {
      printJson(report);
    } else {
      printText(report);
    }
    return isFailed(report) ? ExitCode.FAILED : ExitCode.DONE;
  }

  private boolean isFailed(Report report) {
    Severity limit = strict ? Severity.WARNING : Severity.ERROR;
    return report.worst().filter(worst -> worst.compareTo(limit) <= 0).isPresent();
  }

  private Report report() {
    Path path = terminal.resolve(what).toAbsolutePath().normalize();
    if (Files.exists(path) || what.contains("/") || what.endsWith(".java")) {
      Report report = SourceValidator.validate(path);
      if (report.services().isEmpty() && report.findings().isEmpty()) {
        throw new IllegalArgumentException("there is no service in " + what);
      }
      return report;
    }
    SourceProject sources = SourceProject.at(SourceFolders.project(terminal, project));
    return SourceValidator.validate(sources, what).orElseThrow(() -> unknown(sources));
  }

  private IllegalArgumentException unknown(SourceProject sources) {
    List<String> names =
        sources.services().stream().map(ServiceSource::name).flatMap(Optional::stream).toList();
    List<String> near = Suggestions.near(what, names);
    String hint = "";
    if (!near.isEmpty()) {
      hint = " Did you mean " + String.join(" or ", near) + "?";
    } else if (!names.isEmpty()) {
      hint = " There are: " + String.join(", ", names) + ".";
    }
    return new IllegalArgumentException(
        "there is no file and no service '%s' in %s.%s"
            .formatted(what, shown(sources.root()), hint));
  }

  private void printText(Report report) {
    report.findings().forEach(this::printFinding);
    if (tips) {
      report.tips().forEach(tip -> terminal.out().println("tip: " + tip));
    }
    terminal.out().printf("%s: %s%n", String.join(", ", report.services()), summary(report));
  }

  private void printFinding(Finding finding) {
    terminal
        .out()
        .printf(
            "%s:%d: %s: %s. %s. [%s]%n",
            shown(finding.file()),
            finding.line(),
            terminal.outColours().string(coloured(finding.severity())),
            withoutDot(finding.message()),
            withoutDot(finding.remedy()),
            finding.code());
  }

  private static String coloured(Severity severity) {
    String colour =
        switch (severity) {
          case ERROR -> "bold,red";
          case WARNING -> "bold,yellow";
          case SUGGESTION -> "bold";
        };
    return "@|" + colour + " " + severity.word() + "|@";
  }

  private static String withoutDot(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static String summary(Report report) {
    if (report.findings().isEmpty()) {
      return "nothing to mend";
    }
    return Texts.count(report.count(Severity.ERROR), "error")
        + ", "
        + Texts.count(report.count(Severity.WARNING), "warning")
        + ", "
        + Texts.count(report.count(Severity.SUGGESTION), "suggestion");
  }

  private void printJson(Report report) {
    ObjectNode answer = Json.object();
    report.services().forEach(answer.putArray("services")::add);
    answer.put("valid", !isFailed(report));
    var findings = answer.putArray("findings");
    report
        .findings()
        .forEach(
            finding ->
                findings
                    .addObject()
                    .put("file", shown(finding.file()))
                    .put("line", finding.line())
                    .put("severity", finding.severity().word())
                    .put("code", finding.code())
                    .put("message", finding.message())
                    .put("remedy", finding.remedy()));
    if (tips) {
      report.tips().forEach(answer.putArray("tips")::add);
    }
    terminal.out().println(Json.pretty(answer));
  }
}
