package io.quickscale.cli.source;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.PrimitiveType;
import com.github.javaparser.ast.type.Type;
import io.quickscale.definition.JavaMember;
import io.quickscale.definition.JavaType;
import io.quickscale.definition.JavaType.Array;
import io.quickscale.definition.JavaType.Declared;
import io.quickscale.definition.JavaType.Kind;
import io.quickscale.definition.JavaType.Library;
import io.quickscale.definition.JavaType.Scalar;
import io.quickscale.definition.JavaType.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads types from sources, so that it can be told whether they have a JSON form. */
final class SourceTypes {
  private static final Set<String> ANNOTATIONS_OF_LIBRARIES =
      Set.of("jakarta.json.bind.annotation", "com.fasterxml.jackson.annotation");

  private final SourceProject project;

  SourceTypes(SourceProject project) {
    this.project = project;
  }

  /** What the project and the JDK tell of a type; nothing is known of one of another library. */
  JavaType<Node> read(Type type) {
    return read(type, project.fileOf(type));
  }

  private JavaType<Node> read(Type type, JavaFile file) {
    if (type.isArrayType()) {
      return new Array<>(read(type.asArrayType().getComponentType(), file));
    } else if (type instanceof PrimitiveType primitive) {
      return new Library<>(primitive(primitive), type.asString(), List.of());
    }
    return type.toClassOrInterfaceType()
        .map(named -> read(named, file))
        .orElseGet(() -> new Unknown<>(type.asString()));
  }

  private static Class<?> primitive(PrimitiveType type) {
    return switch (type.getType()) {
      case BOOLEAN -> boolean.class;
      case BYTE -> byte.class;
      case CHAR -> char.class;
      case DOUBLE -> double.class;
      case FLOAT -> float.class;
      case INT -> int.class;
      case LONG -> long.class;
      case SHORT -> short.class;
    };
  }

  private JavaType<Node> read(ClassOrInterfaceType type, JavaFile file) {
    List<JavaType<Node>> arguments =
        type.getTypeArguments().stream()
            .flatMap(NodeList::stream)
            .map(argument -> read(argument, file))
            .toList();
    return project
        .declaration(type, file)
        .map(found -> declared(found, arguments))
        .or(
            () ->
                file.typeOfJdk(type)
                    .map(found -> new Library<Node>(found, type.asString(), arguments)))
        .orElseGet(() -> new Unknown<>(type.asString()));
  }

  private JavaType<Node> declared(TypeDeclaration<?> type, List<JavaType<Node>> arguments) {
    String name = type.getNameAsString();
    Optional<Node> where = Optional.of(type.getName());
    if (type.isEnumDeclaration()) {
      return new Scalar<>(name, true, where);
    }
    Supplier<List<JavaMember<Node>>> members =
        type instanceof RecordDeclaration found ? () -> components(found) : () -> fields(type);
    return new Declared<>(
        type,
        name,
        name,
        where,
        kind(type),
        isPublic(type),
        isComparable(type),
        arguments,
        members);
  }

  private Kind kind(TypeDeclaration<?> type) {
    boolean isEntry =
        implemented(type).anyMatch(found -> jdk(found).filter(Map.Entry.class::equals).isPresent());
    if (isEntry) {
      return type.isRecordDeclaration() ? Kind.ENTRY_RECORD : Kind.ENTRY;
    } else if (type.isRecordDeclaration()) {
      return Kind.RECORD;
    }
    return canBeMade(type) ? Kind.BEAN : Kind.OTHER;
  }

  private boolean isComparable(TypeDeclaration<?> type) {
    return implemented(type)
        .anyMatch(found -> jdk(found).filter(Comparable.class::equals).isPresent());
  }

  private Optional<Class<?>> jdk(ClassOrInterfaceType type) {
    return project.fileOf(type).typeOfJdk(type);
  }

  private static Stream<ClassOrInterfaceType> implemented(TypeDeclaration<?> type) {
    if (type instanceof RecordDeclaration found) {
      return found.getImplementedTypes().stream();
    }
    return type.toClassOrInterfaceDeclaration().stream()
        .flatMap(found -> found.getImplementedTypes().stream());
  }

  private static boolean isPublic(TypeDeclaration<?> type) {
    return type.isPublic() || type.getParentNode().filter(SourceTypes::isInterface).isPresent();
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

  private List<JavaMember<Node>> components(RecordDeclaration owner) {
    JavaFile file = project.fileOf(owner);
    return owner.getParameters().stream().map(component -> member(component, file)).toList();
  }

  private JavaMember<Node> member(Parameter component, JavaFile file) {
    return new JavaMember<>(
        "component",
        component.getNameAsString(),
        component,
        foreignAnnotation(component.getAnnotations(), file),
        false,
        read(component.getType(), file));
  }

  private List<JavaMember<Node>> fields(TypeDeclaration<?> bean) {
    JavaFile file = project.fileOf(bean);
    return bean.getFields().stream()
        .filter(field -> !field.isStatic() && !field.isTransient())
        .flatMap(
            field ->
                field.getVariables().stream()
                    .filter(variable -> field.isPublic() || hasGetter(bean, variable))
                    .map(variable -> member(field, variable, file)))
        .toList();
  }

  private static boolean hasGetter(TypeDeclaration<?> bean, VariableDeclarator variable) {
    String name = variable.getNameAsString();
    String getter = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return bean.getMethods().stream()
        .filter(method -> method.isPublic() && method.getParameters().isEmpty())
        .map(method -> method.getNameAsString())
        .anyMatch(method -> method.equals("get" + getter) || method.equals("is" + getter));
  }

  private JavaMember<Node> member(
      FieldDeclaration field, VariableDeclarator variable, JavaFile file) {
    return new JavaMember<>(
        "field",
        variable.getNameAsString(),
        variable,
        foreignAnnotation(field.getAnnotations(), file),
        field.isFinal(),
        read(variable.getType(), file));
  }

  /** An annotation that would promise another name or form than there is. */
  private static Optional<String> foreignAnnotation(
      NodeList<AnnotationExpr> annotations, JavaFile file) {
    return annotations.stream()
        .map(annotation -> annotation.getName().getIdentifier())
        .filter(name -> isOfLibrary(name, file))
        .findFirst();
  }

  private static boolean isOfLibrary(String annotation, JavaFile file) {
    return file.importOf(annotation)
        .map(found -> found.getName().getQualifier().orElseThrow().asString())
        .filter(ANNOTATIONS_OF_LIBRARIES::contains)
        .isPresent();
  }
}
