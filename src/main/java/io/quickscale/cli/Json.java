package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Reads and writes JSON. Numbers stay decimals as they were written: credits are among them. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** {@code "name": value}, and each element of a list on a line of its own. */
  private static final ObjectWriter PRETTY =
      MAPPER.writer(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                      .withObjectEmptySeparator("")
                      .withArrayEmptySeparator(""))
              .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));

  private static final int MAX_EXPONENT = 1000;
  private static final String TOO_LARGE =
      "It is too large: nested too deeply, or with a number of too many digits";

  private Json() {}

  /**
   * A value, and nothing behind it.
   *
   * @throws JsonProcessingException it is no JSON, or has a number in it that could not be written
   *     out, such as 1e999999999
   */
  static JsonNode read(String text) throws JsonProcessingException {
    try {
      JsonNode value = MAPPER.readTree(text);
      requireNumbersOfSomeSize(value);
      return value;
    } catch (StreamConstraintsException | ArithmeticException | NumberFormatException e) {
      throw new JsonParseException(null, TOO_LARGE, e);
    }
  }

  private static void requireNumbersOfSomeSize(JsonNode value) throws JsonProcessingException {
    if (value.isBigDecimal() && Math.abs((long) value.decimalValue().scale()) > MAX_EXPONENT) {
      throw new JsonParseException(null, TOO_LARGE);
    }
    for (JsonNode part : value) {
      requireNumbersOfSomeSize(part);
    }
  }

  /** One line. */
  static String line(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can be written", e);
    }
  }

  /** Many lines, for reading. */
  static String pretty(JsonNode value) {
    try {
      return PRETTY.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can be written", e);
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** What is not there. */
  static JsonNode missing() {
    return MissingNode.getInstance();
  }

  /** A number without zeros behind the point, as people read it; nothing for what is missing. */
  static String amount(JsonNode value) {
    return value.isNumber() ? amount(value.decimalValue()) : "";
  }

  /** See {@link #amount(JsonNode)}. */
  static String amount(BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    return (shortest.scale() < 0 ? shortest.setScale(0) : shortest).toPlainString();
  }
}
