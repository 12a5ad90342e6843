package io.quickscale.catalog.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** Reads JSON (RFC 8259) strictly and within limits. */
final class StrictJson {
  static final int MOST_NESTING = 64;

  private static final int MOST_DIGITS = 1_000;

  /** The parser's advice to switch it to a laxer mode, which the caller cannot do. */
  private static final Pattern ADVICE =
      Pattern.compile("(: enable|: maybe a| \\(maybe a|; maybe| \\(?not recognized).*");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MOST_NESTING)
                          .maxNumberLength(MOST_DIGITS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // Callers' names must not fill tables that all callers share.
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .build();

  private StrictJson() {}

  /**
   * @throws NotJsonException the text is not one JSON value, or beyond the limits
   */
  static JsonNode parse(String text) throws NotJsonException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonNode value = MAPPER.readTree(parser);
      if (value == null || value.isMissingNode()) {
        throw new NotJsonException("is empty");
      }
      if (parser.nextToken() != null) {
        throw new NotJsonException(
            at(parser.currentTokenLocation(), "there is more after the value"));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new NotJsonException(at(e.getLocation(), reason(e)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "is nested more than %,d deep, or has a number of more than %,d digits"
          .formatted(MOST_NESTING, MOST_DIGITS);
    }
    return e instanceof JsonEOFException
        ? "the text ends before the value does"
        : Finding.shortened(ADVICE.matcher(e.getOriginalMessage()).replaceFirst(""));
  }

  private static String at(JsonLocation location, String reason) {
    return location == null
        ? reason
        : "line %d, column %d: %s".formatted(location.getLineNr(), location.getColumnNr(), reason);
  }

  /** Says why a text is not JSON. */
  static final class NotJsonException extends Exception {
    NotJsonException(String message) {
      super(message);
    }
  }
}
