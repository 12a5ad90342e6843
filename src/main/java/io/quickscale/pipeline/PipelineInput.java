package io.quickscale.pipeline;

import io.quickscale.pipeline.InputTemplate.Taken;
import io.quickscale.problem.Problem;
import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The input that a pipeline is run with: what can be said against it before anything runs. */
final class PipelineInput {
  private final JsonObject input;
  private final StepInputs inputs;

  private PipelineInput(JsonObject input, StepInputs inputs) {
    this.input = input;
    this.inputs = inputs;
  }

  /**
   * Makes sure that the input has what steps take from it, and that a step that surely runs, on
   * nothing but the input, can take it.
   *
   * @param isNamed whether the caller has sent the input alone, and not the steps
   * @throws InvalidInputException with all that is wrong; of a named pipeline, by the members of
   *     the input
   */
  static void check(PipelinePlan plan, StepInputs inputs, boolean isNamed) {
    PipelineInput check = new PipelineInput(plan.input(), inputs);
    List<Violation> violations =
        plan.steps().stream()
            .flatMap(
                step ->
                    check
                        .violations(step)
                        .map(wrong -> isNamed ? check.byInput(step, wrong) : wrong))
            .distinct()
            .toList();
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  private Stream<Violation> violations(PlannedStep step) {
    List<Taken> missing = taken(step).filter(one -> value(one.source()).isEmpty()).toList();
    if (!missing.isEmpty()) {
      return missing.stream().map(PipelineInput::missing);
    }
    // What is literal has been checked with the document.
    boolean surelyRuns = step.when().isEmpty() && step.hangsOn().isEmpty();
    return surelyRuns && taken(step).findAny().isPresent() ? refusal(step) : Stream.of();
  }

  private Stream<Violation> refusal(PlannedStep step) {
    try {
      inputs.resolve(step, this::value);
      return Stream.of();
    } catch (InvalidInputException wrong) {
      return wrong.violations().stream();
    } catch (Problem wrong) {
      return Place.ofInput(step.field()).violations(wrong).stream();
    }
  }

  private static Violation missing(Taken taken) {
    return new Violation(
        taken.place().field(), "takes %s, which the input does not have".formatted(taken.source()));
  }

  private static Stream<Taken> taken(PlannedStep step) {
    return step.input().taken().stream().filter(one -> one.source().step().isEmpty());
  }

  private Optional<JsonValue> value(Source source) {
    return source.within().in(input, false);
  }

  /** What is wrong, by the member of the input that it was taken from. */
  private Violation byInput(PlannedStep step, Violation wrong) {
    return taken(step)
        .filter(one -> one.place().isAround(wrong.field()))
        .findFirst()
        .map(
            one ->
                new Violation(
                    member(one.source().within())
                        + wrong.field().substring(one.place().field().length()),
                    wrong.message()))
        .orElse(wrong);
  }

  /** A pointer into the input as violations name a member. */
  private String member(Pointer within) {
    StringBuilder field = new StringBuilder("input");
    List<String> gone = new ArrayList<>();
    for (String token : within.tokens()) {
      boolean isElement = new Pointer(gone).in(input, false).orElse(null) instanceof JsonArray;
      field.append(isElement ? "[" + token + "]" : "." + token);
      gone.add(token);
    }
    return field.toString();
  }
}
