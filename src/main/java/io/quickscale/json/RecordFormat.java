package io.quickscale.json;

import com.fasterxml.jackson.core.JsonPointer;
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
      Set.of("type", "enum", "const", "additionalProperties", "required");

  private final ObjectNode published;
  private final ObjectNode structure;
  private final Schema check;

  /**
   * @param published the schema for callers
   * @param structure the schema to check a body with
   * @param check the same, ready to use
   */
  RecordFormat(ObjectNode published, ObjectNode structure, Schema check) {
    this.published = published;
    this.structure = structure;
    this.check = check;
  }

  ObjectNode published() {
    return published;
  }

  /** Unknown members, missing members and wrong types; members that are null count as missing. */
  List<Violation> violations(JsonNode body) {
    List<Violation> violations = new ArrayList<>();
    if (hasNul(body)) {
      violations.add(
          new Violation("", "must not contain the character U+0000, which databases cannot keep"));
    }
    for (Error error : check.validate(withoutNulls(body))) {
      if (isAboutStructure(error)) {
        violations.add(violation(error));
      }
    }
    return violations;
  }

  private static boolean isAboutStructure(Error error) {
    JsonNode limit = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "minimum", "maximum" -> NumberRange.isLimitOfAType(limit.decimalValue());
      case "pattern" -> limit.asText().equals(Schemas.ONE_CHARACTER);
      // Other formats come from types; this one from a constraint with a message of its own.
      case "format" -> !limit.asText().equals("email");
      default -> STRUCTURE.contains(error.getKeyword());
    };
  }

  private Violation violation(Error error) {
    String at = field(error.getInstanceLocation().toString());
    return switch (error.getKeyword()) {
      case "required" -> new Violation(join(at, error.getProperty()), "is required");
      case "additionalProperties" ->
          new Violation(join(at, error.getProperty()), "is not known here. " + knownMembers(error));
      case "type" -> new Violation(at, "must be of type " + oneOf(error.getSchemaNode()));
      case "minimum" -> new Violation(at, "must be at least " + error.getSchemaNode().asText());
      case "maximum" -> new Violation(at, "must be at most " + error.getSchemaNode().asText());
      case "format" -> new Violation(at, "must be a valid " + error.getSchemaNode().asText());
      case "enum" -> new Violation(at, "must be one of " + error.getSchemaNode());
      case "const" -> new Violation(at, "must be one of [" + error.getSchemaNode() + "]");
      case "pattern" -> new Violation(at, "must be one character");
      default -> new Violation(at, error.getMessage());
    };
  }

  /** The members beside the {@code additionalProperties} that was broken. */
  private String knownMembers(Error error) {
    JsonPointer keyword = JsonPointer.compile(error.getSchemaLocation().getFragment().toString());
    Set<String> names = new TreeSet<>();
    structure.at(keyword.head()).path("properties").fieldNames().forEachRemaining(names::add);
    return names.isEmpty() ? "See the schema." : "Known: " + String.join(", ", names);
  }

  private static String oneOf(JsonNode types) {
    List<String> names = new ArrayList<>();
    types.forEach(type -> names.add(type.asText()));
    return names.isEmpty() ? types.asText() : String.join(" or ", names);
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

  private static boolean hasNul(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue().indexOf(0) >= 0;
    }
    for (JsonNode part : node) {
      if (hasNul(part)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode withoutNulls(JsonNode node) {
    if (node.isObject()) {
      node.properties().removeIf(member -> member.getValue().isNull());
    }
    node.forEach(RecordFormat::withoutNulls);
    return node;
  }
}
