package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells from a group that was refused which of its inputs are wrong. */
final class BatchViolations {
  private static final Pattern FIELD =
      Pattern.compile("items\\[(\\d{1,9})](?:\\.?)(.*)", Pattern.DOTALL);

  private BatchViolations() {}

  /**
   * The problem of each input that is named, as it would be if it had been sent alone.
   *
   * @param size how many inputs were sent
   * @return by its index in the group; empty if the problem is about something else
   */
  static Map<Integer, JsonNode> byItem(JsonNode problem, int size) {
    Map<Integer, ArrayNode> violations = new TreeMap<>();
    for (JsonNode violation : problem.path("violations")) {
      Matcher field = FIELD.matcher(violation.path("field").asText());
      if (field.matches() && Integer.parseInt(field.group(1)) < size) {
        ObjectNode own = violation.deepCopy();
        violations
            .computeIfAbsent(Integer.valueOf(field.group(1)), any -> Json.array())
            .add(own.put("field", field.group(2)));
      }
    }
    Map<Integer, JsonNode> problems = new TreeMap<>();
    violations.forEach((index, own) -> problems.put(index, with(problem, own)));
    return problems;
  }

  private static JsonNode with(JsonNode problem, ArrayNode violations) {
    ObjectNode own = problem.deepCopy();
    List<String> parts = new ArrayList<>();
    for (JsonNode violation : violations) {
      String field = violation.path("field").asText();
      parts.add((field.isEmpty() ? "" : field + ": ") + violation.path("message").asText());
    }
    own.put("detail", String.join("; ", parts));
    own.set("violations", violations);
    return own;
  }
}
