package io.quickscale.pipeline;

import io.quickscale.problem.Problem;
import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A place in a step's input.
 *
 * @param field as violations name it, from the root of the document: {@code steps[1].input.text}
 * @param pointer the same from the root of the step's input
 */
record Place(String field, Pointer pointer) {
  /** The whole input of a step. */
  static Place ofInput(String step) {
    return new Place(step + ".input", new Pointer(List.of()));
  }

  Place member(String name) {
    return new Place(field + "." + name, longer(name));
  }

  Place element(int index) {
    return new Place(field + "[" + index + "]", longer(String.valueOf(index)));
  }

  private Pointer longer(String token) {
    return new Pointer(Stream.concat(pointer.tokens().stream(), Stream.of(token)).toList());
  }

  /** Whether a field is this place, lies within it, or has it within. */
  boolean touches(String other) {
    return isWithin(other, field) || isWithin(field, other);
  }

  /** Whether a field is this place or lies within it. */
  boolean isAround(String other) {
    return isWithin(other, field);
  }

  private static boolean isWithin(String inner, String outer) {
    return inner.equals(outer) || inner.startsWith(outer + ".") || inner.startsWith(outer + "[");
  }

  /** What is wrong within this place, with its field from the root of the document. */
  Violation within(Violation wrong) {
    String inner = wrong.field();
    String separator = inner.isEmpty() || inner.startsWith("[") ? "" : ".";
    return new Violation(field + separator + inner, wrong.message());
  }

  /** What a problem with what stands at this place says, likewise. */
  List<Violation> violations(Problem problem) {
    return problem instanceof InvalidInputException wrong && !wrong.violations().isEmpty()
        ? wrong.violations().stream().map(this::within).toList()
        : List.of(new Violation(field, problem.detail()));
  }
}
