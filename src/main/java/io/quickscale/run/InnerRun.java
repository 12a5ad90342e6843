package io.quickscale.run;

import io.quickscale.credit.Credits;

/**
 * A run that another one has ordered, as its record says.
 *
 * @param parentId the run that ordered it; null if it is one's own
 * @param refunded what was given back of the cost
 */
public record InnerRun(
    long usageId,
    Long parentId,
    String service,
    Usage.Status status,
    boolean isFree,
    Credits cost,
    Credits refunded) {
  /** What was charged and not given back. */
  public Credits netCost() {
    return cost.minus(refunded);
  }

  InnerRun givenBack() {
    return new InnerRun(usageId, parentId, service, status, isFree, cost, cost);
  }

  boolean isRunning() {
    return status == Usage.Status.RUNNING;
  }
}
