package io.quickscale.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import io.quickscale.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The JSON form of one record type: its schema, and the check of names, types and values before a
 * body is bound.
 */
final class RecordFormat {
  /** Whether a body can be bound; constraints are left to Jakarta Validation and its messages. */
  private static final Set<String> STRUCTURE =
      Set.of("type", "enum", "const", "additionalProperties", "required", "propertyNames");

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

  /** Unknown members, missing members, nulls that are not allowed, values of the wrong type. */
  List<Violation> violations(JsonNode body) {
    List<Violation> violations = new ArrayList<>();
    for (Error error : check.validate(body)) {
      if (isAboutStructure(error)) {
        violations.add(violation(error));
      }
    }
    return violations;
  }

  private static boolean isAboutStructure(Error error) {
    JsonNode rule = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "format" -> ValueFormat.isOne(rule.asText());
      // One of two alternatives; what is wrong is wrong with the other.
      case "type" -> !rule.asText().equals("null");
      default -> STRUCTURE.contains(error.getKeyword());
    };
  }

  private Violation violation(Error error) {
    FieldPath at = field(error.getInstanceLocation());
    JsonNode rule = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "required" -> new Violation(at.member(error.getProperty()).toString(), "is required");
      case "additionalProperties" ->
          new Violation(
              at.member(error.getProperty()).toString(),
              "is not known here. " + knownMembers(error));
      case "type" -> new Violation(at.toString(), typeMessage(error));
      case "format" ->
          new Violation(
              at.toString(), ValueFormat.complaint(rule.asText(), error.getInstanceNode()));
      case "propertyNames" ->
          new Violation(
              at.member(error.getProperty()).toString(),
              "cannot be a name here: it " + nameMessage(rule, error.getProperty()));
      case "enum" -> new Violation(at.toString(), "must be one of " + rule);
      case "const" -> new Violation(at.toString(), "must be one of [" + rule + "]");
      default -> throw new IllegalStateException("No words for " + error.getKeyword());
    };
  }

  private static String nameMessage(JsonNode rule, String name) {
    return rule.has("enum")
        ? "must be one of " + rule.get("enum")
        : ValueFormat.complaint(rule.path("format").asText(), TextNode.valueOf(name));
  }

  private static String typeMessage(Error error) {
    String type = "must be of type " + oneOf(error.getSchemaNode());
    return error.getInstanceNode().isNull() ? type + ", not null" : type;
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
    names.remove("null");
    return names.isEmpty() ? types.asText() : String.join(" or ", names);
  }

  private static FieldPath field(NodePath location) {
    FieldPath field = FieldPath.ROOT;
    for (int i = 0; i < location.getNameCount(); i++) {
      field =
          location.getElement(i) instanceof Integer index
              ? field.element(index)
              : field.member(String.valueOf(location.getElement(i)));
    }
    return field;
  }
}
