package io.quickscale.run;

import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.ServiceTimeoutProblem;
import io.quickscale.run.RunCommand.Finish;
import io.quickscale.run.RunCommand.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * The third part of a run's road: pays for what has been executed or gives back what was held for
 * it, writes the record, and keeps the answer of an order of one.
 */
@ApplicationScoped
class Settlement {
  @Inject RunWriter writer;
  @Inject RunReport report;
  @Inject RunTrace trace;

  /**
   * Ends a run.
   *
   * @param reply the answer to be kept for the order's idempotency key, if it has one
   * @throws ServiceTimeoutProblem it took longer than its deadline and has been given up; it costs
   *     nothing
   */
  Settled settle(Run run, OpenRun open, RunEnd end, Optional<Reply> reply) {
    try {
      Settled settled = trace.settle(run, end, () -> writer.finish(new Finish(open, end, reply)));
      report.ended(settled);
      return settled;
    } catch (ConflictProblem abandoned) {
      throw new ServiceTimeoutProblem(run.service().name());
    }
  }
}
