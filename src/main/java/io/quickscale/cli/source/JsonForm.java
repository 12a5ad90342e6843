package io.quickscale.cli.source;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which types have a JSON form, by their sources: the deployment's own rule, as far as sources
 * tell. Types of libraries are left to the deployment.
 */
final class JsonForm {
  /** Those of the JDK that have one, beside collections and maps. */
  private static final Set<String> SCALARS =
      Set.of(
          "java.lang.String",
          "java.lang.Object",
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double",
          "java.lang.Character",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.util.OptionalInt",
          "java.util.OptionalLong",
          "java.util.OptionalDouble",
          "java.util.UUID",
          "java.net.URI",
          "java.net.URL",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime",
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalTime",
          "java.time.LocalDateTime",
          "java.time.OffsetTime",
          "java.time.YearMonth",
          "java.time.Duration",
          "java.time.Period");

  private static final Set<String> INTERFACES =
      Set.of(
          "java.util.Collection",
          "java.util.List",
          "java.util.Set",
          "java.util.SortedSet",
          "java.util.NavigableSet",
          "java.util.EnumSet",
          "java.util.Queue",
          "java.util.Deque",
          "java.util.Map",
          "java.util.SortedMap",
          "java.util.NavigableMap",
          "java.util.EnumMap");

  private static final Set<String> ANNOTATIONS_OF_LIBRARIES =
      Set.of("jakarta.json.bind.annotation", "com.fasterxml.jackson.annotation");

  private final SourceProject project;
  private final Set<TypeDeclaration<?>> seen = new HashSet<>();

  JsonForm(SourceProject project) {
    this.project = project;
  }

  /**
   * What has no JSON form.
   *
   * @param where the component, or the declaration of the type
   */
  record Misfit(Node where, String what) {}

  /** The first that has none, in a type that is written in a file. */
  Optional<Misfit> misfit(Type type, JavaFile file) {
    if (type.isArrayType()) {
      return type.asString().equals("char[]")
          ? Optional.of(new Misfit(type, "char[], for which there is String"))
          : misfitInside(type.asArrayType().getComponentType(), file);
    }
    return type.toClassOrInterfaceType().flatMap(named -> misfit(named, file));
  }

  private Optional<Misfit> misfit(ClassOrInterfaceType type, JavaFile file) {
    Optional<TypeDeclaration<?>> declaration = project.declaration(type, file);
    if (declaration.isPresent()) {
      return misfitInArguments(type, file).or(() -> misfit(declaration.get()));
    }
    Optional<Class<?>> known = file.typeOfJdk(type);
    if (known.isEmpty()) {
      return Optional.empty();
    } else if (!hasForm(known.get())) {
      return Optional.of(new Misfit(type, type.asString()));
    }
    return misfitInKey(type, known.get(), file).or(() -> misfitInArguments(type, file));
  }

  private static boolean hasForm(Class<?> type) {
    boolean isMany = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    return SCALARS.contains(type.getName())
        || type.isEnum()
        || type == Optional.class
        || (isMany && (INTERFACES.contains(type.getName()) || canBeMade(type)));
  }

  private static boolean canBeMade(Class<?> type) {
    return Stream.of(type.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
  }

  private Optional<Misfit> misfitInKey(ClassOrInterfaceType type, Class<?> known, JavaFile file) {
    return Map.class.isAssignableFrom(known)
        ? arguments(type)
            .findFirst()
            .flatMap(Type::toClassOrInterfaceType)
            .filter(key -> !isKey(key, file))
            .map(key -> new Misfit(type, key + " as the key of a map, which is a text in JSON"))
        : Optional.empty();
  }

  private boolean isKey(ClassOrInterfaceType key, JavaFile file) {
    Optional<TypeDeclaration<?>> declaration = project.declaration(key, file);
    if (declaration.isPresent()) {
      return declaration.get().isEnumDeclaration();
    }
    return file.typeOfJdk(key)
        .map(
            found ->
                SCALARS.contains(found.getName())
                    && !Set.of("Boolean", "Float", "Double", "BigDecimal")
                        .contains(found.getSimpleName())
                    && !found.getSimpleName().startsWith("Optional"))
        .orElse(true);
  }

  private Optional<Misfit> misfitInArguments(ClassOrInterfaceType type, JavaFile file) {
    return arguments(type)
        .map(one -> misfitInside(one, file))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Stream<Type> arguments(ClassOrInterfaceType type) {
    return type.getTypeArguments().stream().flatMap(List::stream);
  }

  /** What is inside another: a null there would say nothing. */
  private Optional<Misfit> misfitInside(Type content, JavaFile file) {
    boolean isOptional =
        content
            .toClassOrInterfaceType()
            .filter(named -> named.getNameAsString().startsWith("Optional"))
            .flatMap(file::typeOfJdk)
            .isPresent();
    return isOptional
        ? Optional.of(new Misfit(content, "an Optional inside another type"))
        : misfit(content, file);
  }

  private Optional<Misfit> misfit(TypeDeclaration<?> type) {
    if (type.isEnumDeclaration() || !seen.add(type)) {
      return Optional.empty();
    } else if (!isPublic(type)) {
      return Optional.of(new Misfit(type.getName(), type.getNameAsString() + " is not public"));
    }
    JavaFile file = project.fileOf(type);
    if (type instanceof RecordDeclaration record) {
      return record.getParameters().stream()
          .map(component -> misfit(component, record, file))
          .flatMap(Optional::stream)
          .findFirst();
    }
    return canBeMade(type)
        ? misfitInFields(type, file)
        : Optional.of(new Misfit(type.getName(), type.getNameAsString()));
  }

  private static boolean isPublic(TypeDeclaration<?> type) {
    return type.isPublic() || type.getParentNode().filter(JsonForm::isInterface).isPresent();
  }

  private static boolean isInterface(Node node) {
    return node instanceof ClassOrInterfaceDeclaration type && type.isInterface();
  }

  private static boolean canBeMade(TypeDeclaration<?> type) {
    List<ConstructorDeclaration> made = type.getConstructors();
    return type instanceof ClassOrInterfaceDeclaration found
        && !found.isInterface()
        && !found.isAbstract()
        && (made.isEmpty()
            || made.stream().anyMatch(one -> one.isPublic() && one.getParameters().isEmpty()));
  }

  private Optional<Misfit> misfit(Parameter component, RecordDeclaration owner, JavaFile file) {
    return component.getAnnotations().stream()
        .map(annotation -> annotation.getName().getIdentifier())
        .filter(name -> isOfLibrary(name, file))
        .findFirst()
        .map(name -> new Misfit(component, "@" + name + " has no effect here, remove it"))
        .or(() -> misfit(component.getType(), file).map(found -> at(component, found)))
        .map(
            found ->
                new Misfit(
                    found.where(),
                    "component '%s' of %s: %s"
                        .formatted(
                            component.getNameAsString(), owner.getNameAsString(), found.what())));
  }

  private static boolean isOfLibrary(String annotation, JavaFile file) {
    return file.importOf(annotation)
        .map(found -> found.getName().getQualifier().orElseThrow().asString())
        .filter(ANNOTATIONS_OF_LIBRARIES::contains)
        .isPresent();
  }

  private Optional<Misfit> misfitInFields(TypeDeclaration<?> bean, JavaFile file) {
    return bean.getMembers().stream()
        .flatMap(member -> fields(member))
        .map(type -> misfit(type, file))
        .flatMap(Optional::stream)
        .findFirst()
        .map(found -> at(bean.getName(), found));
  }

  private static Stream<Type> fields(BodyDeclaration<?> member) {
    return member.toFieldDeclaration().stream()
        .filter(field -> !field.isStatic() && !field.isTransient())
        .flatMap(field -> field.getVariables().stream())
        .map(variable -> variable.getType());
  }

  /** A type is named by what it stands in; a declaration of its own says more. */
  private static Misfit at(Node where, Misfit found) {
    return found.where() instanceof Type ? new Misfit(where, found.what()) : found;
  }
}
