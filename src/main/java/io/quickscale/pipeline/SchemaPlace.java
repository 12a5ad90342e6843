package io.quickscale.pipeline;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a JSON Schema (draft 2020-12), as it is made of a record, says about a place in the values
 * that it describes.
 */
enum SchemaPlace {
  /** No value of the schema has anything there. */
  RULED_OUT,
  /** There may be something: the schema leaves it open. */
  OPEN,
  /** The schema names every member on the way. */
  NAMED;

  /** Of references that lead to each other: more than any schema made of records has. */
  private static final int MOST_REFERENCES = 64;

  /** What a schema says about the place that a pointer names. */
  static SchemaPlace of(JsonObject schema, Pointer pointer) {
    return new Look(schema).at(schema, pointer.tokens(), 0);
  }

  /** Of keywords that stand beside each other, one may rule out, and one may name. */
  private SchemaPlace strictest(SchemaPlace other) {
    return this == RULED_OUT || other == RULED_OUT ? RULED_OUT : best(Stream.of(this, other));
  }

  private static SchemaPlace best(Stream<SchemaPlace> places) {
    return places.max(SchemaPlace::compareTo).orElse(RULED_OUT);
  }

  private record Look(JsonObject root) {
    SchemaPlace at(JsonValue schema, List<String> tokens, int references) {
      if (schema == JsonValue.FALSE || references > MOST_REFERENCES) {
        return schema == JsonValue.FALSE ? RULED_OUT : OPEN;
      }
      if (tokens.isEmpty()) {
        return NAMED;
      }
      return schema instanceof JsonObject rules ? byRules(rules, tokens, references) : OPEN;
    }

    /** Each keyword that is there restricts what the others allow. */
    private SchemaPlace byRules(JsonObject rules, List<String> tokens, int references) {
      Optional<SchemaPlace> elsewhere =
          reference(rules).map(target -> at(target, tokens, references + 1));
      Optional<SchemaPlace> either =
          Stream.of("anyOf", "oneOf")
              .filter(rules::containsKey)
              .map(
                  keyword ->
                      best(
                          rules.getJsonArray(keyword).stream()
                              .map(one -> at(one, tokens, references + 1))))
              .reduce(SchemaPlace::strictest);
      Optional<SchemaPlace> all =
          Optional.ofNullable(rules.getJsonArray("allOf"))
              .flatMap(
                  every ->
                      every.stream()
                          .map(one -> at(one, tokens, references + 1))
                          .reduce(SchemaPlace::strictest));
      Optional<SchemaPlace> own =
          isAboutChildren(rules) ? Optional.of(child(rules, tokens)) : Optional.empty();
      return Stream.of(elsewhere, either, all, own)
          .flatMap(Optional::stream)
          .reduce(SchemaPlace::strictest)
          .orElse(OPEN);
    }

    private static boolean isAboutChildren(JsonObject rules) {
      return Stream.of("type", "properties", "additionalProperties", "items")
          .anyMatch(rules::containsKey);
    }

    private SchemaPlace child(JsonObject rules, List<String> tokens) {
      SchemaPlace asMember = allows(rules, "object") ? member(rules, tokens) : RULED_OUT;
      SchemaPlace asElement = allows(rules, "array") ? element(rules, tokens) : RULED_OUT;
      return best(Stream.of(asMember, asElement));
    }

    private SchemaPlace member(JsonObject rules, List<String> tokens) {
      List<String> rest = tokens.subList(1, tokens.size());
      JsonValue named =
          rules.containsKey("properties")
              ? rules.getJsonObject("properties").get(tokens.get(0))
              : null;
      if (named != null) {
        return at(named, rest, 0);
      }
      JsonValue others = rules.getOrDefault("additionalProperties", JsonValue.TRUE);
      return at(others, rest, 0) == RULED_OUT ? RULED_OUT : OPEN;
    }

    private SchemaPlace element(JsonObject rules, List<String> tokens) {
      Optional<Integer> index = Pointer.index(tokens.get(0));
      if (index.isEmpty() || isBeyond(rules, index.get())) {
        return RULED_OUT;
      }
      return at(rules.getOrDefault("items", JsonValue.TRUE), tokens.subList(1, tokens.size()), 0);
    }

    private static boolean isBeyond(JsonObject rules, int index) {
      JsonNumber most = rules.getJsonNumber("maxItems");
      return most != null && index >= most.longValue();
    }

    private static boolean allows(JsonObject rules, String type) {
      JsonValue types = rules.get("type");
      if (types instanceof JsonArray several) {
        return several.stream().anyMatch(one -> isText(one, type));
      }
      return types == null || isText(types, type);
    }

    private static boolean isText(JsonValue value, String text) {
      return value instanceof JsonString string && string.getString().equals(text);
    }

    /** References lead to {@code $defs} of the same schema, or to the whole of it. */
    private Optional<JsonValue> reference(JsonObject rules) {
      return Optional.ofNullable(rules.get("$ref"))
          .map(reference -> ((JsonString) reference).getString())
          .filter(reference -> reference.startsWith("#"))
          .flatMap(reference -> Pointer.parse(reference.substring(1)).in(root, false));
    }
  }
}
