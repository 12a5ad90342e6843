package io.quickscale.json;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeResolver;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * Tells which Java types have a JSON form: their schema says what can be read, and what is written
 * can be read again. Goes through records, collections and type parameters.
 */
public final class JsonTypes {
  private static final Set<Class<?>> SIMPLE =
      Set.of(
          String.class,
          boolean.class,
          Boolean.class,
          BigDecimal.class,
          BigInteger.class,
          Object.class,
          JsonValue.class,
          JsonStructure.class,
          JsonObject.class,
          JsonArray.class,
          JsonString.class,
          JsonNumber.class);
  private static final Set<Class<?>> COLLECTIONS =
      Set.of(
          Collection.class,
          List.class,
          Set.class,
          SortedSet.class,
          NavigableSet.class,
          EnumSet.class,
          Queue.class,
          Deque.class);
  private static final Set<Class<?>> MAPS =
      Set.of(Map.class, SortedMap.class, NavigableMap.class, EnumMap.class);
  private static final Set<Class<?>> SORTED = Set.of(SortedSet.class, SortedMap.class);
  private static final Set<String> ANNOTATIONS_OF_LIBRARIES =
      Set.of("jakarta.json.bind.annotation", "com.fasterxml.jackson.annotation");

  private final TypeResolver resolver;
  private final Set<ResolvedType> seen = new HashSet<>();

  public JsonTypes(TypeResolver resolver) {
    this.resolver = resolver;
  }

  /** The first type in here that has no JSON form, with the way to it; empty if all have one. */
  public Optional<String> misfit(ResolvedType type) {
    Class<?> raw = type.getErasedType();
    if (raw == char[].class) {
      return Optional.of("char[], for which there is String");
    } else if (raw.isEnum() || isScalar(raw)) {
      return Optional.empty();
    } else if (raw.isArray()) {
      return misfitInside(type.getArrayElementType());
    } else if (raw == Optional.class) {
      return first(type.getTypeParameters().stream().map(this::misfitInside));
    } else if (Map.class.isAssignableFrom(raw)) {
      return misfitInMap(type);
    } else if (Collection.class.isAssignableFrom(raw)) {
      return misfitInCollection(type);
    } else if (!seen.add(type)) {
      return Optional.empty();
    } else if (!Modifier.isPublic(raw.getModifiers())) {
      return Optional.of(raw.getName() + " is not public");
    } else if (Map.Entry.class.isAssignableFrom(raw)) {
      return Optional.of(raw.getName() + " is a Map.Entry, which is written as one member");
    } else if (raw.isRecord()) {
      return first(Stream.of(raw.getRecordComponents()).map(part -> misfit(type, part)));
    }
    return isBean(raw) ? misfitInFields(type) : Optional.of(raw.getName());
  }

  private static boolean isScalar(Class<?> type) {
    return SIMPLE.contains(type) || NumberType.of(type) != null || Scalars.of(type) != null;
  }

  /** What is inside another: a null there would say nothing. */
  private Optional<String> misfitInside(ResolvedType content) {
    return content.getErasedType().getSimpleName().startsWith("Optional")
        ? Optional.of("an Optional inside another type")
        : misfit(content);
  }

  private Optional<String> misfitInCollection(ResolvedType type) {
    List<ResolvedType> element = type.typeParametersFor(Collection.class);
    if (!COLLECTIONS.contains(type.getErasedType()) && !canBeMade(type.getErasedType())) {
      return Optional.of(type.getErasedType().getName());
    }
    return first(element.stream().map(one -> misfitInOrder(type, one).or(() -> misfitInside(one))));
  }

  private Optional<String> misfitInMap(ResolvedType type) {
    List<ResolvedType> entry = type.typeParametersFor(Map.class);
    if (!MAPS.contains(type.getErasedType()) && !canBeMade(type.getErasedType())) {
      return Optional.of(type.getErasedType().getName());
    } else if (entry.isEmpty()) {
      return Optional.empty();
    }
    ResolvedType key = entry.get(0);
    if (!isKey(key.getErasedType())) {
      return Optional.of(
          key.getErasedType().getName() + " as the key of a map, which is a text in JSON");
    }
    return misfitInOrder(type, key).or(() -> misfitInside(entry.get(1)));
  }

  private static boolean isKey(Class<?> type) {
    NumberType number = NumberType.of(type);
    return type == String.class
        || type == Object.class
        || type.isEnum()
        || (number != null && number.isKey())
        || (Scalars.of(type) != null && type != byte[].class);
  }

  private static Optional<String> misfitInOrder(ResolvedType sorted, ResolvedType element) {
    boolean ordered = SORTED.stream().anyMatch(s -> s.isAssignableFrom(sorted.getErasedType()));
    return ordered && !Comparable.class.isAssignableFrom(element.getErasedType())
        ? Optional.of(element.getErasedType().getName() + " is not Comparable")
        : Optional.empty();
  }

  private Optional<String> misfit(ResolvedType owner, RecordComponent component) {
    return annotated(component.getAccessor())
        .or(() -> misfit(resolver.resolve(owner.getTypeBindings(), component.getGenericType())))
        .map(found -> "component '" + component.getName() + "' of " + nameOf(owner) + ": " + found);
  }

  private Optional<String> misfitInFields(ResolvedType bean) {
    for (ResolvedType type = bean; type != null; type = type.getParentClass()) {
      ResolvedType owner = type;
      Optional<String> found =
          first(
              Stream.of(owner.getErasedType().getDeclaredFields())
                  .filter(MemberNames::isMember)
                  .map(field -> misfit(owner, field)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> misfit(ResolvedType owner, Field field) {
    return annotated(field)
        .or(() -> unchangeable(field))
        .or(() -> misfit(resolver.resolve(owner.getTypeBindings(), field.getGenericType())))
        .map(found -> "field '" + field.getName() + "' of " + nameOf(owner) + ": " + found);
  }

  private static Optional<String> unchangeable(Field field) {
    return Modifier.isFinal(field.getModifiers())
        ? Optional.of("is final, so that it cannot be read")
        : Optional.empty();
  }

  /** An annotation that would promise another name or form than there is. */
  private static Optional<String> annotated(AnnotatedElement element) {
    return Stream.of(element.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> ANNOTATIONS_OF_LIBRARIES.contains(type.getPackageName()))
        .map(type -> "@" + type.getSimpleName() + " has no effect here, remove it")
        .findFirst();
  }

  private static String nameOf(ResolvedType type) {
    return type.getErasedType().getSimpleName();
  }

  private static Optional<String> first(Stream<Optional<String>> misfits) {
    return misfits.flatMap(Optional::stream).findFirst();
  }

  private static boolean isBean(Class<?> type) {
    return !type.getName().startsWith("java.") && canBeMade(type);
  }

  private static boolean canBeMade(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && Stream.of(type.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
  }
}
