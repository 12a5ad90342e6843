package io.quickscale.cli.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads services and says what is wrong with them. */
public final class SourceValidator {
  private static final List<Check> CHECKS =
      List.of(
          new DefinitionCheck(),
          new FaultToleranceCheck(),
          new InputCheck(),
          new ExecutionCheck(),
          new HygieneCheck(),
          new SecretCheck(),
          new DependencyCheck());

  private SourceValidator() {}

  /**
   * What was read.
   *
   * @param services the names of the services (or classes, if they have no name)
   * @param findings in the order of files and lines
   * @param tips further advice, not about mistakes
   */
  public record Report(List<String> services, List<Finding> findings, List<String> tips) {
    public Optional<Severity> worst() {
      return findings.stream().map(Finding::severity).min(Severity::compareTo);
    }

    /** How many findings are this bad. */
    public long count(Severity severity) {
      return findings.stream().filter(found -> found.severity() == severity).count();
    }
  }

  /**
   * Judges the services of a file, or of all files in a folder.
   *
   * @throws IllegalArgumentException the path is not there, or is not Java
   */
  public static Report validate(Path path) {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("there is no file or folder " + path);
    }
    if (Files.isRegularFile(path) && !path.toString().endsWith(".java")) {
      throw new IllegalArgumentException(path + " is not a Java source");
    }
    SourceProject project = SourceProject.around(path);
    return validate(project, project.filesIn(path), Optional.empty());
  }

  /** Judges one service of a project, named as it is registered or as its class; if it is there. */
  public static Optional<Report> validate(SourceProject project, String name) {
    return project.services().stream()
        .filter(service -> isNamed(service, name))
        .findFirst()
        .map(
            service ->
                validate(project, List.of(service.file()), Optional.of(service.className())));
  }

  private static boolean isNamed(ServiceSource service, String name) {
    return service.name().filter(name::equals).isPresent()
        || service.className().equals(name)
        || service.className().endsWith("." + name);
  }

  private static Report validate(
      SourceProject project, List<JavaFile> files, Optional<String> className) {
    List<Finding> findings = new ArrayList<>();
    List<ServiceSource> services = new ArrayList<>();
    for (JavaFile file : files) {
      if (!file.syntaxErrors().isEmpty()) {
        findings.addAll(file.syntaxErrors());
        continue;
      }
      List<ServiceSource> inFile = project.servicesIn(file);
      if (inFile.isEmpty() && files.size() == 1) {
        findings.add(noService(file));
      }
      inFile.stream()
          .filter(service -> className.isEmpty() || className.get().equals(service.className()))
          .forEach(services::add);
    }
    services.forEach(service -> findings.addAll(findings(service)));
    return new Report(
        services.stream().map(service -> service.name().orElse(service.className())).toList(),
        findings.stream().distinct().sorted(Finding.IN_ORDER).toList(),
        services.stream().flatMap(service -> tips(service)).distinct().toList());
  }

  private static Finding noService(JavaFile file) {
    return new Finding(
        file.path(),
        1,
        Severity.ERROR,
        "QS101",
        "there is no service in this file",
        "Give the file of a class that extends BaseService, annotated @RegisterService");
  }

  private static List<Finding> findings(ServiceSource service) {
    Findings findings = new Findings(service.path());
    CHECKS.forEach(check -> check.check(service, findings));
    return findings.all();
  }

  private static Stream<String> tips(ServiceSource service) {
    return new Tips(service).all().stream();
  }
}
