package io.quickscale.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.quickscale.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The JSON form of one record type: its schema, and the check of names and types before JSON-B sees
 * a body.
 */
final class RecordFormat {
  /**
   * What JSON-B would ignore or report badly. The other keywords are left to Jakarta Validation and
   * its messages.
   */
  private static final Set<String> STRUCTURE =
      Set.of("type", "enum", "additionalProperties", "required", "minimum", "maximum", "format");

  private final ObjectNode json;
  private final Schema schema;

  RecordFormat(ObjectNode json, Schema schema) {
    this.json = json;
    this.schema = schema;
  }

  ObjectNode json() {
    return json;
  }

  /** Unknown members, missing members and wrong types; members that are null count as missing. */
  List<Violation> violations(JsonNode body) {
    List<Violation> violations = new ArrayList<>();
    for (Error error : schema.validate(withoutNulls(body))) {
      if (STRUCTURE.contains(error.getKeyword())) {
        violations.add(violation(error));
      }
    }
    return violations;
  }

  private Violation violation(Error error) {
    String at = field(error.getInstanceLocation().toString());
    return switch (error.getKeyword()) {
      case "required" -> new Violation(join(at, error.getProperty()), "is required");
      case "additionalProperties" ->
          new Violation(join(at, error.getProperty()), "is not known here. " + knownMembers(error));
      case "type" -> new Violation(at, "must be of type " + error.getSchemaNode().asText());
      case "minimum" -> new Violation(at, "must be at least " + error.getSchemaNode().asText());
      case "maximum" -> new Violation(at, "must be at most " + error.getSchemaNode().asText());
      case "format" -> new Violation(at, "must be a valid " + error.getSchemaNode().asText());
      case "enum" -> new Violation(at, "must be one of " + error.getSchemaNode());
      default -> new Violation(at, error.getMessage());
    };
  }

  private String knownMembers(Error error) {
    Set<String> names = new TreeSet<>();
    if (error.getInstanceLocation().getNameCount() == 0) {
      json.path("properties").fieldNames().forEachRemaining(names::add);
    }
    return names.isEmpty() ? "See the schema." : "Known: " + String.join(", ", names);
  }

  /** {@code /steps/0/service} as {@code steps[0].service}. */
  private static String field(String pointer) {
    StringBuilder field = new StringBuilder();
    for (String step : pointer.split("/")) {
      if (step.isEmpty() || step.equals("$")) {
        continue;
      }
      if (step.chars().allMatch(Character::isDigit)) {
        field.append('[').append(step).append(']');
      } else {
        field.append(field.isEmpty() ? "" : ".").append(step);
      }
    }
    return field.toString();
  }

  private static String join(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  private static JsonNode withoutNulls(JsonNode node) {
    if (node.isObject()) {
      node.properties().removeIf(member -> member.getValue().isNull());
    }
    node.forEach(RecordFormat::withoutNulls);
    return node;
  }
}
