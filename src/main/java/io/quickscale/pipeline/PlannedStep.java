package io.quickscale.pipeline;

import io.quickscale.registry.RegisteredService;
import java.util.Optional;
import java.util.Set;

/**
 * A step that has been checked.
 *
 * @param index its place among the steps, from 0
 * @param input with the places that take values from before
 * @param when when it runs; empty: always
 * @param hangsOn the steps whose results it takes or looks at: all before it
 */
record PlannedStep(
    int index,
    String id,
    RegisteredService service,
    InputTemplate input,
    Optional<Condition> when,
    Set<Integer> hangsOn) {

  /** As violations name it. */
  String field() {
    return field(index);
  }

  /** As violations name a step. */
  static String field(int index) {
    return "steps[" + index + "]";
  }
}
