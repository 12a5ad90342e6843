package io.quickscale.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quickscale.problem.MalformedJsonProblem;
import io.quickscale.problem.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one body as a tree: one JSON value (RFC 8259) in UTF-8, with numbers and texts that every
 * part behind can take. What cannot be taken is noted with its place, and something harmless stands
 * in the tree instead, so that the rest can be judged too.
 */
final class BodyReader {
  /**
   * Deeper nesting than any input needs; a parser's recursion must not be the caller's to choose.
   */
  private static final int MAX_DEPTH = 64;

  /** Enough for every double; whoever adds 1 to 1e999999999 needs a gigabyte. */
  private static final int MAX_DIGITS = 1_000;

  private static final int LONG_DIGITS = 18;

  private static final JsonFactory PARSERS =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  // A body has its limit already; too long a number is refused here, with its
                  // place.
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          // Callers' names must not fill tables that all callers share, nor make them collide.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final List<Violation> violations = new ArrayList<>();

  private BodyReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * What a body says.
   *
   * @param violations what could not be taken
   */
  record Body(JsonNode tree, List<Violation> violations) {}

  /**
   * @throws MalformedJsonProblem it is not JSON in UTF-8, nests too deep, or names a member twice
   */
  static Body read(byte[] bytes) {
    try (JsonParser parser = PARSERS.createParser(Utf8.decode(bytes))) {
      return new BodyReader(parser).body();
    } catch (StreamConstraintsException e) {
      throw new MalformedJsonProblem("The body nests deeper than " + MAX_DEPTH + " levels.");
    } catch (JsonProcessingException e) {
      throw new MalformedJsonProblem("The body is not JSON" + place(e.getLocation()) + ".");
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory cannot be read", e);
    }
  }

  private Body body() throws IOException {
    if (parser.nextToken() == null) {
      throw new MalformedJsonProblem("The body is empty. Send a JSON object.");
    }
    JsonNode tree = value(FieldPath.ROOT);
    if (parser.nextToken() != null) {
      throw new MalformedJsonProblem(
          "The body is not JSON" + place(parser.currentTokenLocation()) + ".");
    }
    return new Body(tree, violations);
  }

  private JsonNode value(FieldPath at) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(at);
      case START_ARRAY -> array(at);
      case VALUE_STRING -> NODES.textNode(unicode(parser.getText(), at));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText(), at);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object(FieldPath at) throws IOException {
    ObjectNode members = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String sent = parser.currentName();
      FieldPath member = at.member(Utf8.wellFormed(sent));
      String name = unicode(sent, member);
      if (members.has(name)) {
        throw new MalformedJsonProblem(
            "A member is named twice" + place(parser.currentTokenLocation()) + ".");
      }
      parser.nextToken();
      members.set(name, value(member));
    }
    return members;
  }

  private ArrayNode array(FieldPath at) throws IOException {
    ArrayNode elements = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(at.element(elements.size())));
    }
    return elements;
  }

  private String unicode(String text, FieldPath at) {
    if (text.indexOf(0) >= 0) {
      refuse(at, "must not contain the character U+0000, which databases cannot keep");
    }
    String wellFormed = Utf8.wellFormed(text);
    if (!wellFormed.equals(text)) {
      refuse(at, "must be Unicode: half of a surrogate pair (such as \\ud800) is no character");
    }
    return wellFormed;
  }

  private JsonNode number(String text, FieldPath at) {
    if (text.length() > MAX_DIGITS) {
      refuse(at, "is a number too long: it may have " + MAX_DIGITS + " characters at most");
      return NODES.numberNode(0);
    } else if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return integer(text);
    }
    BigDecimal number = decimal(text);
    if (number == null) {
      refuse(
          at,
          "is a number too large or too small: it may have "
              + MAX_DIGITS
              + " digits at most when it is written without an exponent");
      return NODES.numberNode(0);
    }
    // A double has a negative zero, a BigDecimal has none.
    return number.signum() == 0 && text.startsWith("-")
        ? DoubleNode.valueOf(-0.0)
        : DecimalNode.valueOf(number);
  }

  private static JsonNode integer(String text) {
    return text.length() <= LONG_DIGITS
        ? shortest(Long.parseLong(text))
        : NODES.numberNode(new BigInteger(text));
  }

  private static JsonNode shortest(long number) {
    return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
  }

  /** Null if it is out of range; looked at before any arithmetic. */
  private static BigDecimal decimal(String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      long wholeDigits = (long) number.precision() - number.scale();
      return Math.abs((long) number.scale()) <= MAX_DIGITS && wholeDigits <= MAX_DIGITS
          ? number
          : null;
    } catch (NumberFormatException e) {
      return null; // An exponent beyond what Java can count.
    }
  }

  private void refuse(FieldPath at, String message) {
    violations.add(new Violation(at.toString(), message));
  }

  private static String place(JsonLocation location) {
    return location == null || location.getLineNr() <= 0
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
