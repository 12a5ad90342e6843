package io.quickscale.service;

import java.util.Objects;

/**
 * A member of a step's input: a value, or where it is taken from. Made by {@link Pipeline#from} and
 * {@link Pipeline#value}.
 *
 * @param member the name of the member, as in JSON
 * @param pointer where the value is taken from; null for a value
 * @param value the value, of any type that has a JSON form; null with a pointer
 */
public record StepValue(String member, String pointer, Object value) {
  /** The same for another member. */
  public StepValue as(String otherMember) {
    return new StepValue(Objects.requireNonNull(otherMember), pointer, value);
  }
}
