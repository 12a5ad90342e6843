package io.quickscale.cli.source;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.type.Type;
import io.quickscale.definition.ClassTrait;
import io.quickscale.definition.JavaType;
import io.quickscale.definition.Registration;
import io.quickscale.definition.ServiceClass;
import io.quickscale.definition.UnitPricing;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the definition of a service from its source; what that does not tell is empty. */
final class DefinitionReader {
  private static final String ASYNCHRONOUS = "Asynchronous";

  private final ServiceSource service;

  DefinitionReader(ServiceSource service) {
    this.service = service;
  }

  /** What an annotation says; a name that is missing is an empty one. */
  Registration<Node> registration(AnnotationExpr said) {
    return new Registration<>(
        said,
        Nodes.member(said, "name").isPresent() ? service.text(said, "name") : Optional.of(""),
        service.text(said, "description"),
        service.text(said, "category"),
        service.text(said, "creditCost"),
        Nodes.member(said, "unitPrices").stream()
            .flatMap(prices -> prices.findAll(AnnotationExpr.class).stream())
            .map(this::unitPricing)
            .toList());
  }

  private UnitPricing<Node> unitPricing(AnnotationExpr price) {
    return new UnitPricing<>(
        price,
        service.text(price, "unit"),
        service.text(price, "creditsPerUnit"),
        Nodes.member(price, "included").isPresent() ? count(price, "included") : Optional.of(0L),
        count(price, "maximum"));
  }

  private Optional<Long> count(AnnotationExpr price, String member) {
    return Nodes.member(price, member)
        .flatMap(new Constants(service.project())::number)
        .map(Number::longValue);
  }

  /** What the class is; what is no class extends nothing. */
  ServiceClass<Node> serviceClass() {
    Optional<ClassOrInterfaceDeclaration> type =
        service.type().toClassOrInterfaceDeclaration().filter(found -> !found.isInterface());
    Node name = service.type().getName();
    return new ServiceClass<>(
        name,
        service.type().getNameAsString(),
        type.isPresent() && (service.extendsBase() || service.mayExtendBase()),
        type.map(this::traits).orElseGet(Map::of),
        annotations(),
        service.root().<Node>map(root -> root).orElse(name),
        service.extendsBase()
            ? Optional.of(service.inputAndOutput()).map(this::read)
            : Optional.empty());
  }

  private List<JavaType<Node>> read(List<Type> types) {
    SourceTypes reader = new SourceTypes(service.project());
    return types.stream().map(reader::read).toList();
  }

  private Map<ClassTrait, Node> traits(ClassOrInterfaceDeclaration type) {
    Map<ClassTrait, Node> found = new EnumMap<>(ClassTrait.class);
    if (type.isAbstract()) {
      found.put(ClassTrait.ABSTRACT, type.getName());
    }
    if (type.isNestedType() && !type.isStatic()) {
      found.put(ClassTrait.INNER, type.getName());
    }
    if (type.isFinal()) {
      found.put(ClassTrait.FINAL, type.getName());
    }
    List<ConstructorDeclaration> constructors = type.getConstructors();
    if (!constructors.isEmpty()
        && constructors.stream()
            .noneMatch(made -> made.getParameters().isEmpty() && !made.isPrivate())) {
      found.put(ClassTrait.WITHOUT_CONSTRUCTOR, constructors.get(0));
    }
    if (service.hierarchy().stream().anyMatch(DefinitionReader::isAsynchronous)) {
      found.put(ClassTrait.ASYNCHRONOUS, type.getName());
    }
    return found;
  }

  private static boolean isAsynchronous(ClassOrInterfaceDeclaration type) {
    return type.isAnnotationPresent(ASYNCHRONOUS)
        || type.getMethods().stream().anyMatch(method -> method.isAnnotationPresent(ASYNCHRONOUS));
  }

  private Map<String, Node> annotations() {
    Map<String, Node> found = new HashMap<>();
    for (AnnotationExpr annotation : service.type().getAnnotations()) {
      found.put(annotation.getName().getIdentifier(), annotation);
    }
    return found;
  }
}
