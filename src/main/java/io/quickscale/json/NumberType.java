package io.quickscale.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The Java numbers that cannot hold every JSON number: what does not fit is refused, not cut off.
 */
enum NumberType {
  BYTE(Byte.MIN_VALUE, Byte.MAX_VALUE, null),
  SHORT(Short.MIN_VALUE, Short.MAX_VALUE, null),
  INT(Integer.MIN_VALUE, Integer.MAX_VALUE, "int32"),
  LONG(Long.MIN_VALUE, Long.MAX_VALUE, "int64"),
  FLOAT(new BigDecimal(Float.toString(Float.MAX_VALUE)), "float"),
  DOUBLE(BigDecimal.valueOf(Double.MAX_VALUE), "double");

  /** The keys of a map, for callers. */
  static final String KEY_PATTERN = "^(?:0|-?[1-9][0-9]*)$";

  private static final Pattern KEY = Pattern.compile(KEY_PATTERN);
  private static final int KEY_LENGTH = 20;

  private static final Map<Class<?>, NumberType> BY_CLASS =
      Map.ofEntries(
          Map.entry(byte.class, BYTE),
          Map.entry(Byte.class, BYTE),
          Map.entry(short.class, SHORT),
          Map.entry(Short.class, SHORT),
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(OptionalInt.class, INT),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(OptionalLong.class, LONG),
          Map.entry(float.class, FLOAT),
          Map.entry(Float.class, FLOAT),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(OptionalDouble.class, DOUBLE));

  private final boolean integer;
  private final BigDecimal smallest;
  private final BigDecimal largest;
  private final String format;

  NumberType(long smallest, long largest, String format) {
    this.integer = true;
    this.smallest = BigDecimal.valueOf(smallest);
    this.largest = BigDecimal.valueOf(largest);
    this.format = format;
  }

  NumberType(BigDecimal largest, String format) {
    this.integer = false;
    this.smallest = largest.negate();
    this.largest = largest;
    this.format = format;
  }

  /** Null if the type is none of these. */
  static NumberType of(Class<?> type) {
    return BY_CLASS.get(type);
  }

  /** What is wrong with the key of a map; empty if it is a number that fits. */
  Optional<String> keyComplaint(JsonNode key) {
    if (!KEY.matcher(key.textValue()).matches() || key.textValue().length() > KEY_LENGTH) {
      return Optional.of("must be an integer");
    }
    return complaint(DecimalNode.valueOf(new BigDecimal(key.textValue())));
  }

  String jsonType() {
    return integer ? "integer" : "number";
  }

  /** The name of OpenAPI; empty if there is none. */
  Optional<String> format() {
    return Optional.ofNullable(format);
  }

  /** The limit that callers should know of; null if there is none. */
  BigDecimal publishedSmallest() {
    return integer ? smallest : null;
  }

  /** The limit that callers should know of; null if there is none. */
  BigDecimal publishedLargest() {
    return integer ? largest : null;
  }

  /** What is wrong with a number; empty if it fits, or is no number at all. */
  Optional<String> complaint(JsonNode value) {
    if (!value.isNumber()) {
      return Optional.empty();
    }
    BigDecimal number = value.decimalValue();
    if (number.compareTo(smallest) < 0) {
      return Optional.of("must be at least " + smallest);
    } else if (number.compareTo(largest) > 0) {
      return Optional.of("must be at most " + largest);
    }
    return Optional.empty();
  }
}
