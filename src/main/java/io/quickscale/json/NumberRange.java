package io.quickscale.json;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What fits a Java number. JSON-B cuts off what does not, or makes it infinite: it is refused
 * before.
 */
record NumberRange(BigDecimal smallest, BigDecimal largest) {
  private static final NumberRange BYTE = integers(Byte.MIN_VALUE, Byte.MAX_VALUE);
  private static final NumberRange SHORT = integers(Short.MIN_VALUE, Short.MAX_VALUE);
  private static final NumberRange INT = integers(Integer.MIN_VALUE, Integer.MAX_VALUE);
  private static final NumberRange LONG = integers(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final NumberRange FLOAT = reals(new BigDecimal("3.4028235E+38"));
  private static final NumberRange DOUBLE = reals(BigDecimal.valueOf(Double.MAX_VALUE));

  private static final Map<Class<?>, NumberRange> BY_INTEGER =
      Map.of(
          byte.class, BYTE,
          Byte.class, BYTE,
          short.class, SHORT,
          Short.class, SHORT,
          int.class, INT,
          Integer.class, INT,
          long.class, LONG,
          Long.class, LONG);
  private static final Map<Class<?>, NumberRange> BY_REAL =
      Map.of(float.class, FLOAT, Float.class, FLOAT, double.class, DOUBLE, Double.class, DOUBLE);

  /** A limit of a type; null if there is none. */
  static BigDecimal of(Class<?> type, Function<NumberRange, BigDecimal> limit) {
    NumberRange range = BY_INTEGER.getOrDefault(type, BY_REAL.get(type));
    return range == null ? null : limit.apply(range);
  }

  /** A limit that callers should know of; null if there is none. */
  static BigDecimal publishedOf(Class<?> type, Function<NumberRange, BigDecimal> limit) {
    NumberRange range = BY_INTEGER.get(type);
    return range == null ? null : limit.apply(range);
  }

  /** Whether a limit is one of a type and not one that an author has set. */
  static boolean isLimitOfAType(BigDecimal limit) {
    return Stream.of(BYTE, SHORT, INT, LONG, FLOAT, DOUBLE)
        .anyMatch(
            range -> range.smallest.compareTo(limit) == 0 || range.largest.compareTo(limit) == 0);
  }

  private static NumberRange integers(long smallest, long largest) {
    return new NumberRange(BigDecimal.valueOf(smallest), BigDecimal.valueOf(largest));
  }

  private static NumberRange reals(BigDecimal largest) {
    return new NumberRange(largest.negate(), largest);
  }
}
