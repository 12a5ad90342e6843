package io.quickscale.pipeline;

import io.quickscale.credit.Credits;
import io.quickscale.json.JsonText;

/**
 * How a step ended, in a form that can be kept, so that a walk goes on behind it after a crash.
 *
 * @param usageId the record of its run
 * @param result what its service returned; null if there is none
 * @param error the problem document; null if it has not failed
 * @param cost what it was charged
 * @param durationMillis from its start to the settled charge; 0 if it did not run
 */
public record StepEnd(
    StepStatus status,
    long usageId,
    JsonText result,
    JsonText error,
    Credits cost,
    long durationMillis) {

  /** Of a step that did not run. */
  static StepEnd unrun(StepStatus status, long usageId) {
    return new StepEnd(status, usageId, null, null, Credits.ZERO, 0);
  }
}
