package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The members of a JSON Schema's object, as far as tables and CSV files need to know them. */
final class InputSchema {
  private static final List<String> CONSTRAINTS =
      List.of(
          "minLength",
          "maxLength",
          "minimum",
          "exclusiveMinimum",
          "maximum",
          "exclusiveMaximum",
          "minItems",
          "maxItems",
          "pattern");

  private final JsonNode root;

  InputSchema(JsonNode root) {
    this.root = root;
  }

  /** A member of the object: its name and its type, such as {@code string}. */
  record Member(String name, String type, boolean required, String constraints) {}

  List<Member> members() {
    Set<String> required = new TreeSet<>();
    root.path("required").forEach(name -> required.add(name.asText()));
    List<Member> members = new ArrayList<>();
    root.path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode schema = resolve(property.getValue());
              members.add(
                  new Member(
                      property.getKey(),
                      type(schema),
                      required.contains(property.getKey()),
                      constraints(schema)));
            });
    return members;
  }

  /** The types of all members by name. */
  Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    members().forEach(member -> types.put(member.name(), member.type()));
    return types;
  }

  private JsonNode resolve(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.startsWith("#/") ? root.at(reference.substring(1)) : schema;
  }

  /** A member that may be null has two types; the other one counts. Of any type: {@code any}. */
  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isTextual()) {
      return type.asText();
    }
    for (JsonNode one : type) {
      if (!one.asText().equals("null")) {
        return one.asText();
      }
    }
    return "any";
  }

  private static String constraints(JsonNode schema) {
    List<String> parts = new ArrayList<>();
    if (schema.has("enum")) {
      List<String> words = new ArrayList<>();
      schema.path("enum").forEach(word -> words.add(word.asText()));
      parts.add("one of " + String.join(", ", words));
    }
    for (String name : CONSTRAINTS) {
      if (schema.has(name)) {
        parts.add(name + " " + schema.path(name).asText());
      }
    }
    if (schema.has("description")) {
      parts.add(schema.path("description").asText());
    }
    return String.join("; ", parts);
  }
}
