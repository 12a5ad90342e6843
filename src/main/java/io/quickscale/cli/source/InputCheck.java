package io.quickscale.cli.source;

import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a caller can send what the service is not made for. */
final class InputCheck implements Check {
  private static final Set<String> TEXTS = Set.of("String", "CharSequence");
  private static final Set<String> COLLECTIONS =
      Set.of("List", "Set", "Collection", "Map", "SortedSet", "SortedMap");

  /** Standard constraints that say nothing about the size. */
  private static final Set<String> UNBOUNDED =
      Set.of("NotNull", "NotBlank", "NotEmpty", "Null", "Valid", "JsonbProperty");

  @Override
  public void check(ServiceSource service, Findings findings) {
    service
        .input()
        .flatMap(TypeDeclaration::toRecordDeclaration)
        // One in another file is judged with the file that it is in.
        .filter(input -> service.file().types().contains(input))
        .ifPresent(input -> check(service, input, findings));
  }

  private static void check(ServiceSource service, RecordDeclaration input, Findings findings) {
    List<Parameter> components = input.getParameters();
    boolean anyCheckable =
        components.stream().anyMatch(found -> !found.getType().isPrimitiveType());
    boolean anyChecked =
        components.stream().anyMatch(found -> constraints(found).findAny().isPresent());
    if (anyCheckable && !anyChecked) {
      findings.warning(
          "QS110",
          input.getName(),
          "nothing of the input %s is validated".formatted(input.getNameAsString()),
          "Add constraints to its components, such as @NotBlank @Size(max = 10_000)");
      return;
    }
    components.forEach(component -> checkBound(component, findings));
    components.forEach(component -> checkCascade(service, component, findings));
  }

  /** The annotations of a component and of its type. */
  private static Stream<AnnotationExpr> constraints(Parameter component) {
    return Stream.concat(
        component.getAnnotations().stream(), component.getType().getAnnotations().stream());
  }

  private static void checkBound(Parameter component, Findings findings) {
    String name = component.getNameAsString();
    Type type = component.getType();
    if (isOneOf(TEXTS, type) && !isBounded(constraints(component))) {
      findings.warning(
          "QS111",
          component,
          "the text '%s' can be of any length".formatted(name),
          "Add @Size(max = …)");
    }
    boolean isMany = isOneOf(COLLECTIONS, type) || type.isArrayType();
    if (isMany && !isBounded(constraints(component))) {
      findings.warning(
          "QS111",
          component,
          "'%s' can have any number of elements".formatted(name),
          "Add @Size(max = …)");
    }
    if (isMany && elements(type).anyMatch(element -> isUnboundedText(element))) {
      findings.warning(
          "QS111",
          component,
          "the texts in '%s' can be of any length".formatted(name),
          "Write List<@Size(max = …) String> or the like");
    }
  }

  private static boolean isUnboundedText(Type element) {
    return isOneOf(TEXTS, element) && !isBounded(element.getAnnotations().stream());
  }

  private static boolean isBounded(Stream<AnnotationExpr> constraints) {
    return constraints.anyMatch(
        found ->
            found.getName().getIdentifier().equals("Size")
                ? Nodes.member(found, "max").isPresent()
                : !UNBOUNDED.contains(found.getName().getIdentifier()));
  }

  private static Stream<Type> elements(Type type) {
    return type.toClassOrInterfaceType().flatMap(ClassOrInterfaceType::getTypeArguments).stream()
        .flatMap(arguments -> arguments.stream());
  }

  private static boolean isOneOf(Set<String> names, Type type) {
    return type.toClassOrInterfaceType()
        .filter(found -> names.contains(found.getNameAsString()))
        .isPresent();
  }

  private static void checkCascade(ServiceSource service, Parameter component, Findings findings) {
    Stream<Type> types =
        Stream.concat(Stream.of(component.getType()), elements(component.getType()));
    types
        .filter(type -> isConstrainedRecord(service, type))
        .filter(type -> !isValid(type) && !component.isAnnotationPresent("Valid"))
        .findFirst()
        .ifPresent(
            type ->
                findings.warning(
                    "QS112",
                    component,
                    "the constraints of %s in '%s' are not checked"
                        .formatted(type.asString(), component.getNameAsString()),
                    "Add @Valid"));
  }

  private static boolean isValid(Type type) {
    return type.getAnnotations().stream()
        .anyMatch(found -> found.getName().getIdentifier().equals("Valid"));
  }

  private static boolean isConstrainedRecord(ServiceSource service, Type type) {
    Optional<RecordDeclaration> record =
        type.toClassOrInterfaceType()
            .flatMap(found -> service.project().declaration(found, service.file()))
            .flatMap(TypeDeclaration::toRecordDeclaration);
    return record.stream()
        .flatMap(found -> found.getParameters().stream())
        .anyMatch(component -> constraints(component).findAny().isPresent());
  }
}
