package io.quickscale.cli.source;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.AnnotationExpr;
import io.quickscale.definition.BrokenRule;
import io.quickscale.definition.RegistrationRules;
import io.quickscale.definition.ServiceClassRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What would stop the deployment, told before it, by the deployment's own rules. */
final class DefinitionCheck implements Check {
  private static final String QUICKSCALE = "io.quickscale:quickscale";

  /** The names of the services of {@code io.quickscale.catalog}. */
  static final Set<String> SHIPPED =
      Set.of("data_validator", "keyword_extractor", "sentiment_analysis");

  @Override
  public void check(ServiceSource service, Findings findings) {
    DefinitionReader reader = new DefinitionReader(service);
    Optional<AnnotationExpr> annotation = service.annotation();
    if (annotation.isPresent()) {
      report(service, RegistrationRules.broken(reader.registration(annotation.get())), findings);
      checkDescription(service, annotation.get(), findings);
      checkUnique(service, annotation.get(), findings);
      checkShipped(service, annotation.get(), findings);
    } else {
      findings.error(
          "QS101",
          service.type().getName(),
          "%s extends BaseService but is not registered"
              .formatted(service.type().getNameAsString()),
          "Annotate it with @RegisterService(name = \"…\", description = \"…\", creditCost ="
              + " \"1.0\")");
    }
    report(service, ServiceClassRules.broken(reader.serviceClass()), findings);
  }

  private static void report(
      ServiceSource service, List<BrokenRule<Node>> broken, Findings findings) {
    for (BrokenRule<Node> rule : broken) {
      findings.error(
          rule.code(), here(service, rule.where()), "the service " + rule.what(), rule.remedy());
    }
  }

  /** Findings are about the service's file; what is in another one is told where it is used. */
  private static Node here(ServiceSource service, Node where) {
    return service.project().fileOf(where).equals(service.file())
        ? where
        : service.type().getName();
  }

  private static void checkDescription(
      ServiceSource service, AnnotationExpr annotation, Findings findings) {
    if (service.text(annotation, "description").orElse("?").isBlank()
        || Nodes.member(annotation, "description").isEmpty()) {
      findings.suggestion(
          "QS136",
          annotation,
          "the service has no description",
          "Say in one or two sentences what it does: callers see it in the list of services");
    }
  }

  private static void checkUnique(
      ServiceSource service, AnnotationExpr annotation, Findings findings) {
    service
        .name()
        .flatMap(name -> otherWith(name, service))
        .ifPresent(
            other ->
                findings.error(
                    "QS014",
                    annotation,
                    "%s has the name '%s' too"
                        .formatted(other.className(), service.name().orElseThrow()),
                    "Rename one of the two services"));
  }

  /**
   * A project of one's own is laid over QuickScale, and its services come beside those that ship.
   */
  private static void checkShipped(
      ServiceSource service, AnnotationExpr annotation, Findings findings) {
    service
        .name()
        .filter(SHIPPED::contains)
        .filter(name -> service.project().pom().dependencies().contains(QUICKSCALE))
        .ifPresent(
            name ->
                findings.error(
                    "QS014",
                    annotation,
                    "a service that ships with QuickScale has the name '%s' too".formatted(name),
                    "Choose another name"));
  }

  private static Optional<ServiceSource> otherWith(String name, ServiceSource service) {
    return service.project().services().stream()
        .filter(other -> other.name().filter(name::equals).isPresent())
        .filter(other -> !other.className().equals(service.className()))
        .findFirst();
  }
}
