package io.quickscale.definition;

import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of the JDK that have a JSON form. */
public final class JdkTypes {
  /** Also the names of members of an object. */
  private static final Set<Class<?>> KEYS =
      Set.of(
          String.class,
          Object.class,
          byte.class,
          Byte.class,
          short.class,
          Short.class,
          int.class,
          Integer.class,
          long.class,
          Long.class,
          char.class,
          Character.class,
          UUID.class,
          URI.class,
          URL.class,
          OffsetDateTime.class,
          ZonedDateTime.class,
          Instant.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetTime.class,
          YearMonth.class,
          Duration.class,
          Period.class);

  private static final Set<Class<?>> VALUES =
      Set.of(
          boolean.class,
          Boolean.class,
          float.class,
          Float.class,
          double.class,
          Double.class,
          BigDecimal.class,
          BigInteger.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          byte[].class);

  private static final Set<Class<?>> INTERFACES_AND_SETS_OF_ENUMS =
      Set.of(
          Collection.class,
          List.class,
          Set.class,
          SortedSet.class,
          NavigableSet.class,
          EnumSet.class,
          Queue.class,
          Deque.class,
          Map.class,
          SortedMap.class,
          NavigableMap.class,
          EnumMap.class);

  private JdkTypes() {}

  /** All that are one JSON value that is neither a list nor an object, beside enums. */
  public static Set<Class<?>> simple() {
    return Stream.concat(KEYS.stream(), VALUES.stream()).collect(Collectors.toUnmodifiableSet());
  }

  static boolean isSimple(Class<?> type) {
    return KEYS.contains(type) || VALUES.contains(type) || type.isEnum();
  }

  static boolean isKey(Class<?> type) {
    return KEYS.contains(type) || type.isEnum();
  }

  static boolean isMap(Class<?> type) {
    return Map.class.isAssignableFrom(type);
  }

  static boolean isCollection(Class<?> type) {
    return Collection.class.isAssignableFrom(type);
  }

  static boolean isSorted(Class<?> type) {
    return SortedSet.class.isAssignableFrom(type) || SortedMap.class.isAssignableFrom(type);
  }

  /** Whether a collection or map can be made. */
  static boolean canBeFilled(Class<?> type) {
    return INTERFACES_AND_SETS_OF_ENUMS.contains(type) || canBeMade(type);
  }

  /** Whether there is a public constructor that takes nothing. */
  public static boolean canBeMade(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && Stream.of(type.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
  }
}
