package io.quickscale.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A Java type that is one JSON string: what callers are told of it, what is read, what is written.
 *
 * @param schema fills in the JSON Schema for callers, beside its type
 * @param parse makes a value of a text, or throws any {@code RuntimeException}
 * @param print makes a text of a value that {@code parse} reads again
 * @param form what a text must be, for callers: "must be ..."
 */
record Scalar<T>(
    Class<T> type,
    Consumer<ObjectNode> schema,
    Function<String, T> parse,
    Function<T, String> print,
    String form) {

  /** What is wrong with a text; empty if it is one of this type, or no text at all. */
  Optional<String> complaint(JsonNode value) {
    if (!value.isTextual()) {
      return Optional.empty();
    }
    try {
      parse.apply(value.textValue());
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(form);
    }
  }
}
