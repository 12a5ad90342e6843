package io.quickscale.console;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * An input for each service: the example that ships with it, or else one made from the schema of
 * its input, with all that is required and nothing else.
 */
final class ExampleInputs {
  private static final String FOLDER = "/WEB-INF/examples/";

  /** Schemas may refer to themselves. */
  private static final int DEEPEST = 6;

  private final ServletContext war;

  ExampleInputs(ServletContext war) {
    this.war = war;
  }

  String of(String service, JsonObject schema) throws IOException {
    try (InputStream example = war.getResourceAsStream(FOLDER + service + ".json")) {
      return example == null
          ? fromSchema(schema).toString()
          : new String(example.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /** A value of the schema as far as its type says; constraints are the reader's to keep. */
  static JsonValue fromSchema(JsonObject schema) {
    return value(schema, schema, 0);
  }

  private static JsonValue value(JsonObject root, JsonObject schema, int depth) {
    JsonObject resolved = resolved(root, schema);
    if (resolved.get("enum") instanceof JsonArray words && !words.isEmpty()) {
      return words.get(0);
    }
    return switch (type(resolved)) {
      case "string" -> Json.createValue("text");
      case "integer", "number" -> number(resolved);
      case "boolean" -> JsonValue.TRUE;
      case "array" -> array(root, resolved, depth);
      case "object" -> object(root, resolved, depth);
      default -> JsonValue.NULL;
    };
  }

  /** One, or the nearest to it that is allowed. */
  private static JsonValue number(JsonObject schema) {
    BigDecimal value = BigDecimal.ONE;
    if (schema.get("minimum") instanceof JsonNumber minimum) {
      value = value.max(minimum.bigDecimalValue());
    }
    if (schema.get("maximum") instanceof JsonNumber maximum) {
      value = value.min(maximum.bigDecimalValue());
    }
    return Json.createValue(value);
  }

  private static JsonValue array(JsonObject root, JsonObject schema, int depth) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    if (depth < DEEPEST && schema.get("items") instanceof JsonObject items) {
      array.add(value(root, items, depth + 1));
    }
    return array.build();
  }

  private static JsonValue object(JsonObject root, JsonObject schema, int depth) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    if (depth < DEEPEST && schema.get("properties") instanceof JsonObject properties) {
      for (String name : shown(schema, properties)) {
        if (properties.get(name) instanceof JsonObject member) {
          object.add(name, value(root, member, depth + 1));
        }
      }
    }
    return object.build();
  }

  /** What must be given; all if nothing must, since an example of nothing shows nothing. */
  private static Collection<String> shown(JsonObject schema, JsonObject properties) {
    return schema.get("required") instanceof JsonArray required && !required.isEmpty()
        ? required.getValuesAs(JsonString::getString)
        : properties.keySet();
  }

  private static JsonObject resolved(JsonObject root, JsonObject schema) {
    String reference = schema.getString("$ref", "");
    boolean isLocal = reference.startsWith("#/");
    return isLocal ? root.getValue(reference.substring(1)).asJsonObject() : schema;
  }

  /** Of a type that may be null too, the other one. */
  private static String type(JsonObject schema) {
    JsonValue type = schema.get("type");
    if (type instanceof JsonArray types && !types.isEmpty()) {
      return types.getString(0, "");
    }
    return type instanceof JsonString word ? word.getString() : "";
  }
}
