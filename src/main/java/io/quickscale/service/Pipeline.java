package io.quickscale.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Services in a row, where each may take what the ones before it returned; run by {@link
 * Pipelines#run}. Unchangeable: each call gives a longer one.
 *
 * <pre>{@code
 * Pipeline.named("mood")
 *     .step("check", "data_validator", value("data_type", "text"), from("/input/text").as("data"))
 *     .step("mood", "sentiment_analysis", from("/input/text"))
 *     .when("/steps/check/result/validation/is_valid", true)
 * }</pre>
 */
public final class Pipeline {
  private final String name;
  private final List<Step> steps;

  /**
   * A step.
   *
   * @param when a pointer at what must be equal to {@code equal} for the step to run; null: it runs
   *     always
   */
  public record Step(String id, String service, List<StepValue> input, String when, Object equal) {}

  private Pipeline(String name, List<Step> steps) {
    this.name = name;
    this.steps = List.copyOf(steps);
  }

  /**
   * A pipeline without steps.
   *
   * @param name for those who read the answer; it has nothing to do with those that are stored
   */
  public static Pipeline named(String name) {
    return new Pipeline(Objects.requireNonNull(name), List.of());
  }

  /**
   * A member that is taken from the pipeline's input ({@code /input/text}) or from the result of an
   * earlier step ({@code /steps/<id>/result/keywords/0}). It is for the member that the pointer
   * ends with; {@link StepValue#as} says another.
   *
   * @param pointer a JSON Pointer (RFC 6901)
   */
  public static StepValue from(String pointer) {
    return new StepValue(pointer.substring(pointer.lastIndexOf('/') + 1), pointer, null);
  }

  /** A member with a value that is known. */
  public static StepValue value(String member, Object value) {
    return new StepValue(Objects.requireNonNull(member), null, value);
  }

  /**
   * One step more.
   *
   * @param id a name of its own: a lower-case letter, then lower-case letters, digits or _
   * @param service the name of a service
   * @param input the members of its input
   */
  public Pipeline step(String id, String service, StepValue... input) {
    return with(steps.size(), new Step(id, service, List.of(input), null, null));
  }

  /**
   * Lets the last step run only if a value is equal to another; else it is skipped, and what takes
   * from it.
   *
   * @param pointer as in {@link #from}
   * @param value of any type that has a JSON form
   * @throws IllegalStateException there is no step yet
   */
  public Pipeline when(String pointer, Object value) {
    if (steps.isEmpty()) {
      throw new IllegalStateException("There is no step that a condition could be for");
    }
    int last = steps.size() - 1;
    Step step = steps.get(last);
    return with(last, new Step(step.id(), step.service(), step.input(), pointer, value));
  }

  private Pipeline with(int index, Step step) {
    List<Step> longer = new ArrayList<>(steps.subList(0, index));
    longer.add(step);
    return new Pipeline(name, longer);
  }

  /** For those who read the answer. */
  public String name() {
    return name;
  }

  /** In their order. */
  public List<Step> steps() {
    return steps;
  }
}
