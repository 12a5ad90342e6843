package io.quickscale.json;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeResolver;
import io.quickscale.definition.JavaMember;
import io.quickscale.definition.JavaType;
import io.quickscale.definition.JavaType.Array;
import io.quickscale.definition.JavaType.Declared;
import io.quickscale.definition.JavaType.Kind;
import io.quickscale.definition.JavaType.Library;
import io.quickscale.definition.JavaType.Scalar;
import io.quickscale.definition.JdkTypes;
import jakarta.json.JsonValue;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads types from classes, so that it can be told whether they have a JSON form. */
public final class TypeReader {
  private static final Set<String> ANNOTATIONS_OF_LIBRARIES =
      Set.of("jakarta.json.bind.annotation", "com.fasterxml.jackson.annotation");

  private final TypeResolver resolver;

  public TypeReader(TypeResolver resolver) {
    this.resolver = resolver;
  }

  /** What there is to know of a type; its members are read when they are asked for. */
  public JavaType<Class<?>> read(ResolvedType type) {
    Class<?> raw = type.getErasedType();
    if (raw == byte[].class) {
      return new Library<>(raw, raw.getSimpleName(), List.of());
    } else if (raw.isArray()) {
      return new Array<>(read(type.getArrayElementType()));
    } else if (raw.isEnum() || JsonValue.class.isAssignableFrom(raw)) {
      return new Scalar<>(raw.getName(), raw.isEnum(), Optional.of(raw));
    } else if (Map.class.isAssignableFrom(raw)) {
      return library(raw, type.typeParametersFor(Map.class));
    } else if (Collection.class.isAssignableFrom(raw)) {
      return library(raw, type.typeParametersFor(Collection.class));
    } else if (raw.isPrimitive() || raw.getName().startsWith("java.")) {
      return library(raw, type.getTypeParameters());
    }
    return declared(type, raw);
  }

  private Library<Class<?>> library(Class<?> raw, List<ResolvedType> arguments) {
    return new Library<>(raw, raw.getName(), arguments.stream().map(this::read).toList());
  }

  private Declared<Class<?>> declared(ResolvedType type, Class<?> raw) {
    Supplier<List<JavaMember<Class<?>>>> members =
        raw.isRecord() ? () -> components(type) : () -> fields(type);
    return new Declared<>(
        type,
        raw.getName(),
        raw.getSimpleName(),
        Optional.of(raw),
        kind(raw),
        Modifier.isPublic(raw.getModifiers()),
        Comparable.class.isAssignableFrom(raw),
        List.of(),
        members);
  }

  private static Kind kind(Class<?> type) {
    if (Map.Entry.class.isAssignableFrom(type)) {
      return type.isRecord() ? Kind.ENTRY_RECORD : Kind.ENTRY;
    } else if (type.isRecord()) {
      return Kind.RECORD;
    }
    return JdkTypes.canBeMade(type) ? Kind.BEAN : Kind.OTHER;
  }

  private List<JavaMember<Class<?>>> components(ResolvedType owner) {
    return Stream.of(owner.getErasedType().getRecordComponents())
        .map(component -> member(owner, component))
        .toList();
  }

  private JavaMember<Class<?>> member(ResolvedType owner, RecordComponent component) {
    return new JavaMember<>(
        "component",
        component.getName(),
        owner.getErasedType(),
        foreignAnnotation(component.getAccessor()),
        false,
        read(resolver.resolve(owner.getTypeBindings(), component.getGenericType())));
  }

  /** Those of the class and of those above it. */
  private List<JavaMember<Class<?>>> fields(ResolvedType bean) {
    return Stream.iterate(bean, level -> level != null, ResolvedType::getParentClass)
        .flatMap(
            level ->
                Stream.of(level.getErasedType().getDeclaredFields())
                    .filter(MemberNames::isMember)
                    .map(field -> member(level, field)))
        .toList();
  }

  private JavaMember<Class<?>> member(ResolvedType owner, Field field) {
    return new JavaMember<>(
        "field",
        field.getName(),
        owner.getErasedType(),
        foreignAnnotation(field),
        Modifier.isFinal(field.getModifiers()),
        read(resolver.resolve(owner.getTypeBindings(), field.getGenericType())));
  }

  /** An annotation that would promise another name or form than there is. */
  private static Optional<String> foreignAnnotation(AnnotatedElement element) {
    return Stream.of(element.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> ANNOTATIONS_OF_LIBRARIES.contains(type.getPackageName()))
        .map(Class::getSimpleName)
        .findFirst();
  }
}
