package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import java.util.List;

/**
 * A run that another one has ordered, as its record says.
 *
 * @param parentId the run that ordered it; null if it is one's own
 * @param refunded what was given back of the cost
 * @param paidFrom what each grant paid
 */
public record InnerRun(
    long usageId,
    Long parentId,
    String service,
    Usage.Status status,
    Credits cost,
    Credits refunded,
    List<GrantShare> paidFrom) {
  /** Of one that is going on. */
  static InnerRun of(OpenRun run) {
    return new InnerRun(
        run.usageId(),
        run.parentId(),
        run.service(),
        Usage.Status.RUNNING,
        Credits.ZERO,
        Credits.ZERO,
        List.of());
  }

  /** What was charged and not given back. */
  public Credits netCost() {
    return cost.minus(refunded);
  }

  InnerRun givenBack() {
    return new InnerRun(usageId, parentId, service, status, cost, cost, paidFrom);
  }

  boolean isRunning() {
    return status == Usage.Status.RUNNING;
  }
}
