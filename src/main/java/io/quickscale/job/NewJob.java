package io.quickscale.job;

import jakarta.json.JsonValue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * A job as it is sent.
 *
 * @param input of one run; or
 * @param items inputs of many
 * @param priority 0 to 9, the highest first
 */
public record NewJob(JsonValue input, JsonValue items, @Min(0) @Max(9) Integer priority) {
  static final int DEFAULT_PRIORITY = 5;

  // Not the compact form: see the note on /openapi and constraints in the platform's traps.
  public NewJob(JsonValue input, JsonValue items, Integer priority) {
    this.input = input;
    this.items = items;
    this.priority = priority;
  }

  int priorityOrDefault() {
    return priority == null ? DEFAULT_PRIORITY : priority;
  }
}
