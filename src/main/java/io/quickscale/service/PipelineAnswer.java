package io.quickscale.service;

import io.quickscale.problem.Problem;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a pipeline. All amounts in credits.
 *
 * @param success whether no step failed; steps that were skipped do not matter
 * @param pipeline its name
 * @param results the results of the steps that succeeded, by their ids, as their JSON form
 * @param steps all steps, in their order
 * @param totalCredits what all steps together were charged
 * @param creditsRemaining what the user can still spend
 * @param failedStep the id of the first step that failed
 * @param problem why it failed
 */
public record PipelineAnswer(
    boolean success,
    String pipeline,
    Map<String, JsonValue> results,
    List<Step> steps,
    BigDecimal totalCredits,
    BigDecimal creditsRemaining,
    Optional<String> failedStep,
    Optional<Problem> problem) {

  /**
   * What became of a step.
   *
   * @param status succeeded, failed, skipped, not_reached or cancelled
   * @param usageId the permanent record of its run
   */
  public record Step(
      String id, String service, String status, BigDecimal creditsConsumed, String usageId) {}
}
