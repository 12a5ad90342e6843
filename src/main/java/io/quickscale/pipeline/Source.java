package io.quickscale.pipeline;

import java.util.Optional;

/**
 * Where {@code $from} takes a value: in the pipeline's input or in the result of a step.
 *
 * @param step the id of the step; empty for the pipeline's input
 * @param within the place in that input or result
 */
record Source(Optional<String> step, Pointer within) {
  private static final String FORM =
      "must point into /input or /steps/<id>/result, such as /input/text";

  /**
   * Reads what stands beside {@code $from}.
   *
   * @throws IllegalArgumentException it names no such place; the message has no subject
   */
  static Source parse(String text) {
    Pointer pointer = Pointer.parse(text);
    if (has(pointer, 0, "input")) {
      return new Source(Optional.empty(), pointer.from(1));
    }
    if (has(pointer, 0, "steps") && has(pointer, 2, "result")) {
      return new Source(Optional.of(pointer.tokens().get(1)), pointer.from(3));
    }
    throw new IllegalArgumentException(FORM);
  }

  private static boolean has(Pointer pointer, int index, String token) {
    return pointer.tokens().size() > index && pointer.tokens().get(index).equals(token);
  }

  /** As it is written in a document. */
  @Override
  public String toString() {
    return step.map(id -> "/steps/" + id + "/result").orElse("/input") + within;
  }
}
