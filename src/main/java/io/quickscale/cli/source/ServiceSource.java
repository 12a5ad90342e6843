package io.quickscale.cli.source;

import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.Type;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A class that is, or is meant to be, a service. */
public final class ServiceSource {
  static final String ANNOTATION = "RegisterService";
  static final String BASE = "BaseService";

  private final SourceProject project;
  private final JavaFile file;
  private final TypeDeclaration<?> type;

  ServiceSource(SourceProject project, JavaFile file, TypeDeclaration<?> type) {
    this.project = project;
    this.file = file;
    this.type = type;
  }

  /** Annotated, or a concrete class that extends the base directly. */
  static boolean isMeantAsService(TypeDeclaration<?> type) {
    return type.isAnnotationPresent(ANNOTATION)
        || type instanceof ClassOrInterfaceDeclaration found
            && !found.isAbstract()
            && found.getExtendedTypes().stream().anyMatch(ServiceSource::isBase);
  }

  private static boolean isBase(ClassOrInterfaceType type) {
    return type.getNameAsString().equals(BASE);
  }

  /** The registered name, if it is a constant of the file. */
  public Optional<String> name() {
    return text("name");
  }

  /** Empty if the service has none. */
  public String description() {
    return text("description").orElse("");
  }

  public String category() {
    return text("category").orElse("general");
  }

  /** Credits for one run, as written. */
  public String creditCost() {
    return text("creditCost").orElse("1.0");
  }

  /** The qualified name of the class. */
  public String className() {
    return type.getFullyQualifiedName().orElseGet(type::getNameAsString);
  }

  public Path path() {
    return file.path();
  }

  /** Where the class begins. */
  public int line() {
    return Nodes.line(type.getName());
  }

  private Optional<String> text(String member) {
    return annotation().flatMap(annotation -> text(annotation, member));
  }

  /** The text that a member of an annotation is at compile time, if the project's sources tell. */
  Optional<String> text(AnnotationExpr of, String member) {
    return Nodes.member(of, member).flatMap(new Constants(project)::text);
  }

  Optional<AnnotationExpr> annotation() {
    return type.getAnnotationByName(ANNOTATION);
  }

  SourceProject project() {
    return project;
  }

  JavaFile file() {
    return file;
  }

  TypeDeclaration<?> type() {
    return type;
  }

  /** This class and those above it that are in the project, nearest first. */
  List<ClassOrInterfaceDeclaration> hierarchy() {
    Set<ClassOrInterfaceDeclaration> found = new LinkedHashSet<>();
    Optional<ClassOrInterfaceDeclaration> level = type.toClassOrInterfaceDeclaration();
    while (level.isPresent() && found.add(level.get())) {
      level = superclass(level.get()).flatMap(this::declaredClass);
    }
    return List.copyOf(found);
  }

  private static Optional<ClassOrInterfaceType> superclass(ClassOrInterfaceDeclaration of) {
    return of.getExtendedTypes().getFirst();
  }

  private Optional<ClassOrInterfaceDeclaration> declaredClass(ClassOrInterfaceType superclass) {
    return isBase(superclass)
        ? Optional.empty()
        : project
            .declaration(superclass, project.fileOf(superclass))
            .flatMap(TypeDeclaration::toClassOrInterfaceDeclaration);
  }

  /** What the topmost class that is in the project extends. */
  Optional<ClassOrInterfaceType> root() {
    List<ClassOrInterfaceDeclaration> levels = hierarchy();
    return levels.isEmpty() ? Optional.empty() : superclass(levels.get(levels.size() - 1));
  }

  /**
   * The types between the angle brackets of BaseService, also if classes in between have parameters
   * for them.
   */
  List<Type> inputAndOutput() {
    List<Type> arguments = List.of();
    for (ClassOrInterfaceDeclaration level : hierarchy()) {
      Map<String, Type> bound = new HashMap<>();
      for (int i = 0; i < Math.min(arguments.size(), level.getTypeParameters().size()); i++) {
        bound.put(level.getTypeParameters().get(i).getNameAsString(), arguments.get(i));
      }
      arguments =
          superclass(level).flatMap(ClassOrInterfaceType::getTypeArguments).stream()
              .flatMap(List::stream)
              .map(type -> bound.getOrDefault(type.asString(), type))
              .toList();
    }
    return arguments;
  }

  boolean extendsBase() {
    return root().filter(ServiceSource::isBase).isPresent();
  }

  /**
   * Whether it extends an imported class that is not in the project: only the compiler can tell.
   */
  boolean mayExtendBase() {
    return root()
        .filter(root -> project.fileOf(root).importOf(root.getNameAsString()).isPresent())
        .isPresent();
  }

  /** {@code executeService}, of this class or from above. */
  Optional<MethodDeclaration> executeService() {
    return hierarchy().stream()
        .flatMap(level -> level.getMethodsByName("executeService").stream())
        .findFirst();
  }

  /** The input's declaration, if it is in the project. */
  Optional<TypeDeclaration<?>> input() {
    return executeService()
        .filter(method -> method.getParameters().size() == 2)
        .map(method -> method.getParameter(1).getType())
        .flatMap(type -> type.toClassOrInterfaceType())
        .flatMap(type -> project.declaration(type, file));
  }
}
