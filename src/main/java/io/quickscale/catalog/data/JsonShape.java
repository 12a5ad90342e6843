package io.quickscale.catalog.data;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Walks a JSON value once: how deep and large it is, and which numbers nobody could compute with.
 */
final class JsonShape {
  private final List<Finding> findings = new ArrayList<>();
  private int nestingDepth;
  private int values;

  private JsonShape() {}

  static JsonShape of(JsonNode value) {
    JsonShape shape = new JsonShape();
    shape.walk(value, JsonPointer.empty(), 0);
    return shape;
  }

  /** Levels of arrays and objects; 0 for a plain value. */
  int nestingDepth() {
    return nestingDepth;
  }

  /** All values, the containers included. */
  int values() {
    return values;
  }

  /** Numbers that are too large for a double, which most programs would read as infinity. */
  List<Finding> findings() {
    return findings;
  }

  private void walk(JsonNode value, JsonPointer path, int depth) {
    values++;
    if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
      findings.add(Finding.at(path.toString(), "is a number too large to compute with"));
    }
    if (!value.isContainerNode()) {
      return;
    }
    nestingDepth = Math.max(nestingDepth, depth + 1);
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      walk(member.getValue(), path.appendProperty(member.getKey()), depth + 1);
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      walk(value.get(i), path.appendIndex(i), depth + 1);
    }
  }
}
