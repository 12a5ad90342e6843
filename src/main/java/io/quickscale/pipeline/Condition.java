package io.quickscale.pipeline;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Set;
import java.util.TreeSet;

/**
 * When a step runs: what its source has is this value.
 *
 * @param source where to look
 * @param wanted what must be there
 */
record Condition(Source source, JsonValue wanted) {
  private static final Set<String> MEMBERS = Set.of("$from", "equals");

  /**
   * Reads {@code when}.
   *
   * @throws IllegalArgumentException it is none; the message has no subject
   */
  static Condition read(JsonObject when) {
    Set<String> others = new TreeSet<>(when.keySet());
    others.removeAll(MEMBERS);
    if (!others.isEmpty() || when.size() != MEMBERS.size()) {
      throw new IllegalArgumentException(
          "must have the members $from and equals, and no others"
              + (others.isEmpty() ? "" : ", but has " + String.join(", ", others)));
    }
    return new Condition(InputTemplate.source(when), when.get("equals"));
  }
}
