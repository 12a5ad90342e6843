package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/**
 * What became of one input: a row of the results.
 *
 * @param result what the service gave; missing if it failed
 * @param error the problem; missing if it succeeded
 */
record BatchResult(long line, JsonNode result, JsonNode error, BigDecimal credits, String usageId) {

  static BatchResult succeeded(BatchItem item, JsonNode answer) {
    return new BatchResult(
        item.line(),
        answer.path("result"),
        Json.missing(),
        answer.path("credits_consumed").decimalValue(),
        answer.path("usage_id").asText());
  }

  static BatchResult failed(BatchItem item, JsonNode problem, BigDecimal credits) {
    return failed(item, problem, credits, problem.path("usage_id").asText());
  }

  static BatchResult failed(BatchItem item, JsonNode problem, BigDecimal credits, String usageId) {
    return new BatchResult(item.line(), Json.missing(), inFile(item, problem), credits, usageId);
  }

  /**
   * What the server says of a body that is no JSON counts from that body's beginning: here it
   * counts from the file's.
   */
  private static JsonNode inFile(BatchItem item, JsonNode problem) {
    if (!problem.path("code").asText().equals("malformed_json")) {
      return problem;
    }
    try {
      Json.read(item.body());
      return problem;
    } catch (JsonProcessingException e) {
      ObjectNode placed = problem.deepCopy();
      return placed.put(
          "detail",
          "Line %d, column %d: this is not JSON that can be sent: %s."
              .formatted(
                  item.line(),
                  item.indent() + e.getLocation().getColumnNr(),
                  Texts.clean(e.getOriginalMessage())));
    }
  }

  boolean success() {
    return error.isMissingNode();
  }

  /** As a line of JSON; of the problem what tells one from another. */
  ObjectNode toJson() {
    ObjectNode row = Json.object().put("line", line).put("success", success());
    if (success()) {
      row.set("result", result);
    } else {
      ObjectNode shown = row.putObject("error");
      for (String member : new String[] {"status", "code", "detail", "violations"}) {
        if (error.has(member)) {
          shown.set(member, error.get(member));
        }
      }
    }
    row.put("credits_consumed", credits);
    if (!usageId.isEmpty()) {
      row.put("usage_id", usageId);
    }
    return row;
  }
}
