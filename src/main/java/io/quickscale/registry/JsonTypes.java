package io.quickscale.registry;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeResolver;
import jakarta.json.JsonValue;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Tells which Java types have a JSON form, going through records, collections and type parameters.
 */
final class JsonTypes {
  private static final Set<Class<?>> SIMPLE =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigDecimal.class,
          BigInteger.class,
          URI.class,
          URL.class,
          UUID.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          Object.class);
  private static final List<Class<?>> CONTAINERS =
      List.of(Collection.class, Map.class, Optional.class);
  private static final List<Class<?>> FAMILIES =
      List.of(Temporal.class, TemporalAmount.class, JsonValue.class);

  private final TypeResolver resolver;
  private final Set<ResolvedType> seen = new HashSet<>();

  JsonTypes(TypeResolver resolver) {
    this.resolver = resolver;
  }

  /** The first type in here that has no JSON form, with the way to it; empty if all have one. */
  Optional<String> misfit(ResolvedType type) {
    Class<?> raw = type.getErasedType();
    if (raw.isPrimitive() || raw.isEnum() || SIMPLE.contains(raw) || isOneOf(FAMILIES, raw)) {
      return Optional.empty();
    } else if (raw.isArray()) {
      return misfit(type.getArrayElementType());
    } else if (isOneOf(CONTAINERS, raw)) {
      return first(type.getTypeParameters().stream().map(this::misfit));
    } else if (!seen.add(type)) {
      return Optional.empty();
    } else if (!Modifier.isPublic(raw.getModifiers())) {
      return Optional.of(raw.getName() + " is not public");
    } else if (raw.isRecord()) {
      return first(Stream.of(raw.getRecordComponents()).map(part -> misfit(type, part)));
    }
    return isBean(raw) ? Optional.empty() : Optional.of(raw.getName());
  }

  private Optional<String> misfit(ResolvedType owner, RecordComponent component) {
    return misfit(resolver.resolve(owner.getTypeBindings(), component.getGenericType()))
        .map(
            found ->
                "component '"
                    + component.getName()
                    + "' of "
                    + owner.getErasedType().getSimpleName()
                    + ": "
                    + found);
  }

  private static Optional<String> first(Stream<Optional<String>> misfits) {
    return misfits.flatMap(Optional::stream).findFirst();
  }

  private static boolean isOneOf(List<Class<?>> families, Class<?> type) {
    return families.stream().anyMatch(family -> family.isAssignableFrom(type));
  }

  private static boolean isBean(Class<?> type) {
    return !type.isInterface()
        && !Modifier.isAbstract(type.getModifiers())
        && !type.getName().startsWith("java.")
        && Stream.of(type.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
  }
}
