package io.quickscale.pipeline;

import io.quickscale.credit.Credits;
import io.quickscale.json.JsonText;
import io.quickscale.platform.Ids;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The answer to a pipeline that has been walked to its end, as it is written in JSON.
 *
 * @param success whether no step failed; steps that were skipped do not matter
 * @param pipeline the name of a stored one; null for one that came with the request
 * @param version of the stored one; null likewise
 * @param pipelineResult the results of the steps that succeeded, by their ids
 * @param steps all steps, in their order
 * @param totalCredits what all steps together were charged
 * @param creditsRemaining what the account can spend now
 * @param failedStep the first step that failed; null if none did
 * @param error its problem; null likewise
 */
public record PipelineResult(
    boolean success,
    String pipeline,
    Integer version,
    JsonObject pipelineResult,
    List<Step> steps,
    BigDecimal totalCredits,
    BigDecimal creditsRemaining,
    String failedStep,
    JsonValue error) {

  /**
   * What became of a step.
   *
   * @param status succeeded, failed, skipped, not_reached or cancelled
   * @param durationMs null if it did not run
   * @param error null if it did not fail
   */
  public record Step(
      String id,
      String service,
      String status,
      BigDecimal creditsConsumed,
      String usageId,
      Long durationMs,
      JsonValue error) {
    static Step of(PlannedStep step, StepEnd end, JsonValue error) {
      boolean ran = end.durationMillis() > 0 || end.status() == StepStatus.SUCCEEDED;
      return new Step(
          step.id(),
          step.service().name(),
          end.status().word(),
          end.cost().toDecimal(),
          Ids.format(end.usageId()),
          ran ? end.durationMillis() : null,
          error);
    }
  }

  /**
   * The answer when all has ended.
   *
   * @param ends of all steps, by their index
   * @param reader reads results and errors
   */
  static PipelineResult of(
      PipelinePlan plan,
      Map<Integer, StepEnd> ends,
      Function<JsonText, JsonValue> reader,
      Credits remaining) {
    JsonObjectBuilder results = Json.createObjectBuilder();
    List<Step> steps = new ArrayList<>();
    PlannedStep failed = null;
    Credits total = Credits.ZERO;
    for (PlannedStep step : plan.steps()) {
      StepEnd end = ends.get(step.index());
      steps.add(Step.of(step, end, error(end, reader)));
      total = total.plus(end.cost());
      if (end.status() == StepStatus.SUCCEEDED) {
        results.add(step.id(), reader.apply(end.result()));
      } else if (failed == null && end.error() != null) {
        failed = step;
      }
    }
    return new PipelineResult(
        ends.values().stream().allMatch(end -> end.status().letsOthersGoOn()),
        plan.name(),
        plan.version(),
        results.build(),
        steps,
        total.toDecimal(),
        remaining.toDecimal(),
        failed == null ? null : failed.id(),
        failed == null ? null : error(ends.get(failed.index()), reader));
  }

  private static JsonValue error(StepEnd end, Function<JsonText, JsonValue> reader) {
    return end.error() == null ? null : reader.apply(end.error());
  }
}
