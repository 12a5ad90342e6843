package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
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
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

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
  private static final int MAX_DIGITS = 1000;

  /** How the parser names a place; it would tell how it is configured, too. */
  private static final Pattern PLACE =
      Pattern.compile("\\[Source: [^\\]]*line: (\\d+), column: (\\d+)]");

  private Json() {}

  /**
   * A value, and nothing behind it.
   *
   * @throws JsonProcessingException it is no JSON, has a number in it that could not be written out
   *     (1e999999999), or half a character; with the place and a message for users
   */
  static JsonNode read(String text) throws JsonProcessingException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      return read(parser, text);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("A text can be read", e);
    }
  }

  private static JsonNode read(JsonParser parser, String text) throws IOException {
    try {
      check(parser);
      return MAPPER.readTree(text);
    } catch (StreamConstraintsException e) {
      throw wrong(parser, "it is nested too deeply, or something in it is too long");
    } catch (JsonProcessingException e) {
      String message = PLACE.matcher(e.getOriginalMessage()).replaceAll("line $1, column $2");
      throw new JsonParseException(null, message, e.getLocation());
    }
  }

  /** Looks at numbers as texts: as a number, one of a few characters may fill the memory. */
  private static void check(JsonParser parser) throws IOException {
    int depth = 0;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token.isNumeric() && !isOfSomeSize(parser.getText())) {
        throw wrong(parser, "a number has too many digits, or too large an exponent");
      } else if ((token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME)
          && !Texts.isUnicode(parser.getText())) {
        throw wrong(parser, "half a character stands alone (a surrogate, such as \\ud800)");
      }
      if (depth == 0) {
        requireEnd(parser);
        return;
      }
    }
  }

  private static void requireEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw wrong(parser, "something stands behind the value");
    }
  }

  private static boolean isOfSomeSize(String number) {
    int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
    String digits = exponent < 0 ? "" : number.substring(exponent + 1).replaceFirst("^[+-]?0*", "");
    return number.length() <= MAX_DIGITS
        && digits.length() <= 4
        && (digits.isEmpty() || Integer.parseInt(digits) <= MAX_EXPONENT);
  }

  private static JsonParseException wrong(JsonParser parser, String message) {
    return new JsonParseException(null, message, parser.currentTokenLocation());
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
