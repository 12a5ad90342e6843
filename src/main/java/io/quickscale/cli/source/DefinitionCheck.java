package io.quickscale.cli.source;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What would stop the deployment, told before it. The codes are those of the deployment. */
final class DefinitionCheck implements Check {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final int MAX_DESCRIPTION = 2000;
  private static final String QUICKSCALE = "io.quickscale:quickscale";

  /** The names of the services of {@code io.quickscale.catalog}. */
  static final Set<String> SHIPPED = Set.of("data_validator", "sentiment_analysis");

  private static final Set<String> FAULT_TOLERANCE =
      Set.of("Timeout", "Retry", "CircuitBreaker", "Bulkhead", "Fallback");

  @Override
  public void check(ServiceSource service, Findings findings) {
    Optional<AnnotationExpr> annotation = service.annotation();
    if (annotation.isPresent()) {
      checkTexts(service, annotation.get(), findings);
      checkPrices(service, annotation.get(), findings);
      checkUnique(service, annotation.get(), findings);
      checkShipped(service, annotation.get(), findings);
    } else {
      findings.error(
          "QS101",
          service.type().getName(),
          "%s extends BaseService but is not registered".formatted(simpleName(service)),
          "Annotate it with @RegisterService(name = \"…\", description = \"…\", creditCost ="
              + " \"1.0\")");
    }
    checkClass(service, findings);
  }

  private static String simpleName(ServiceSource service) {
    return service.type().getNameAsString();
  }

  private static void checkTexts(
      ServiceSource service, AnnotationExpr annotation, Findings findings) {
    if (Nodes.member(annotation, "name").isEmpty()) {
      findings.error(
          "QS002",
          annotation,
          "the service has no name",
          "Add name = \"…\" to @RegisterService: a lower-case letter, then lower-case letters,"
              + " digits or _");
    }
    service
        .text(annotation, "name")
        .filter(name -> !NAME.matcher(name).matches())
        .ifPresent(
            name ->
                findings.error(
                    "QS002",
                    annotation,
                    "the name '%s' is not valid".formatted(name),
                    "Use a lower-case letter, then up to 63 lower-case letters, digits or _"));
    service
        .text(annotation, "description")
        .filter(description -> description.length() > MAX_DESCRIPTION)
        .ifPresent(
            description ->
                findings.error(
                    "QS003",
                    annotation,
                    "the description is longer than %d characters".formatted(MAX_DESCRIPTION),
                    "Shorten it"));
    service
        .text(annotation, "category")
        .filter(category -> !NAME.matcher(category).matches())
        .ifPresent(
            category ->
                findings.error(
                    "QS003",
                    annotation,
                    "the category '%s' is not valid".formatted(category),
                    "Use lower-case letters, digits and _"));
    if (service.text(annotation, "description").orElse("?").isBlank()
        || Nodes.member(annotation, "description").isEmpty()) {
      findings.suggestion(
          "QS136",
          annotation,
          "the service has no description",
          "Say in one or two sentences what it does: callers see it in the list of services");
    }
  }

  private static void checkPrices(
      ServiceSource service, AnnotationExpr annotation, Findings findings) {
    checkAmount(service, annotation, "creditCost", "the cost", findings);
    Set<String> units = new HashSet<>();
    unitPrices(annotation).forEach(price -> checkUnitPrice(service, price, units, findings));
  }

  private static void checkAmount(
      ServiceSource service,
      AnnotationExpr annotation,
      String member,
      String what,
      Findings findings) {
    Optional<String> amount = service.text(annotation, member);
    if (amount.isEmpty()) {
      return;
    }
    try {
      CreditAmount.parse(amount.get());
    } catch (IllegalArgumentException e) {
      findings.error(
          "QS012",
          annotation,
          "%s \"%s\" %s".formatted(what, amount.get(), e.getMessage()),
          "Give a decimal such as \"1.5\", or \"0\" for a free service");
    }
  }

  private static Stream<AnnotationExpr> unitPrices(AnnotationExpr annotation) {
    return Nodes.member(annotation, "unitPrices").stream()
        .flatMap(prices -> prices.findAll(AnnotationExpr.class).stream());
  }

  private static void checkUnitPrice(
      ServiceSource service, AnnotationExpr price, Set<String> units, Findings findings) {
    String unit = service.text(price, "unit").orElse("");
    checkAmount(service, price, "creditsPerUnit", "the price of the unit " + unit, findings);
    if (!unit.isEmpty() && !units.add(unit)) {
      findings.error(
          "QS013", price, "the unit '%s' has two prices".formatted(unit), "Keep one of them");
    }
    if (!unit.isEmpty() && !NAME.matcher(unit).matches()) {
      findings.error(
          "QS013",
          price,
          "the unit '%s' is not a valid name".formatted(unit),
          "Use a lower-case letter, then up to 63 lower-case letters, digits or _");
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

  private static void checkClass(ServiceSource service, Findings findings) {
    Optional<ClassOrInterfaceDeclaration> found =
        service.type().toClassOrInterfaceDeclaration().filter(type -> !type.isInterface());
    if (found.isEmpty() || !(service.extendsBase() || service.mayExtendBase())) {
      findings.error(
          "QS001",
          service.type().getName(),
          "%s does not extend BaseService".formatted(simpleName(service)),
          "Declare it as 'class %s extends BaseService<Input, Output>'"
              .formatted(simpleName(service)));
      return;
    }
    checkModifiers(found.get(), findings);
    checkConstructors(found.get(), findings);
    checkFaultTolerance(service, found.get(), findings);
  }

  private static void checkModifiers(ClassOrInterfaceDeclaration type, Findings findings) {
    Node where = type.getName();
    if (type.isAbstract()) {
      findings.error(
          "QS004", where, "the class is abstract", "Annotate the concrete class instead");
    }
    if (type.isNestedType() && !type.isStatic()) {
      findings.error(
          "QS005",
          where,
          "the class is an inner class",
          "Make it static or move it to a file of its own");
    }
    if (type.isFinal()) {
      findings.error(
          "QS006",
          where,
          "the class is final, so that the container cannot wrap it",
          "Remove 'final'");
    }
  }

  private static void checkConstructors(ClassOrInterfaceDeclaration type, Findings findings) {
    List<ConstructorDeclaration> constructors = type.getConstructors();
    boolean usable =
        constructors.isEmpty()
            || constructors.stream()
                .anyMatch(made -> made.getParameters().isEmpty() && !made.isPrivate());
    if (!usable) {
      findings.error(
          "QS007",
          constructors.get(0),
          "there is no constructor without parameters that the container can call",
          "Add one (protected is enough), and @Inject what the service needs");
    }
  }

  private static void checkFaultTolerance(
      ServiceSource service, ClassOrInterfaceDeclaration type, Findings findings) {
    type.getAnnotations().stream()
        .filter(found -> FAULT_TOLERANCE.contains(found.getName().getIdentifier()))
        .forEach(
            found ->
                findings.error(
                    "QS015",
                    found,
                    "@%s is on the class, where it would also repeat run() and its charge"
                        .formatted(found.getName().getIdentifier()),
                    "Put it on executeService"));
    service.hierarchy().stream()
        .filter(DefinitionCheck::isAsynchronous)
        .findFirst()
        .ifPresent(
            found ->
                findings.error(
                    "QS008",
                    type.getName(),
                    "the service is @Asynchronous",
                    "Remove the annotation: the runner and background jobs do this"));
  }

  private static boolean isAsynchronous(ClassOrInterfaceDeclaration type) {
    return type.isAnnotationPresent("Asynchronous")
        || type.getMethods().stream()
            .anyMatch(method -> method.isAnnotationPresent("Asynchronous"));
  }
}
