package io.quickscale.run;

import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import io.quickscale.credit.LedgerCommand;
import io.quickscale.credit.LedgerOutcome;
import io.quickscale.credit.LedgerOutcome.Applied;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.NotFoundProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Gives back what a run cost, with the runs within it. */
@ApplicationScoped
public class UsageRefund {
  @Inject CreditLedger ledger;
  @Inject UsageTable usages;
  @Inject UsageHistory history;

  /**
   * What was given back.
   *
   * @param shares to the grants that had paid
   * @param available what the account can spend now
   */
  public record Receipt(List<GrantShare> shares, Credits available) {}

  /**
   * Refunds a run and the runs within it, each once: what has been refunded by itself is left out.
   *
   * @throws NotFoundProblem there is no such run
   * @throws ConflictProblem it has not ended, there is nothing (more) to give back, or the account
   *     would hold more credits than can be counted
   */
  @Transactional
  public Receipt refund(long usageId, String reason) {
    Usage usage =
        history
            .find(usageId)
            .orElseThrow(() -> new NotFoundProblem("There is no such usage record."));
    ledger.lock(Set.of(usage.accountId()));
    InnerRun itself = usages.itself(usageId).orElseThrow(UsageRefund::notEnded);
    List<InnerRun> family =
        Stream.concat(Stream.of(itself), history.within(usage).stream()).toList();
    List<InnerRun> paid = paid(family);
    List<Applied> applied =
        ledger
            .apply(
                paid.stream()
                    .<LedgerCommand>map(
                        run ->
                            new LedgerCommand.Refund(
                                usage.accountId(), run.usageId(), run.paidFrom(), reason))
                    .toList())
            .stream()
            .map(LedgerOutcome::orThrow)
            .toList();
    usages.refund(paid.stream().map(InnerRun::usageId).toList());
    return new Receipt(
        applied.stream().flatMap(refund -> refund.shares().stream()).toList(),
        applied.get(applied.size() - 1).available());
  }

  private static List<InnerRun> paid(List<InnerRun> family) {
    if (family.stream().anyMatch(InnerRun::isRunning)) {
      throw notEnded();
    }
    List<InnerRun> paid = family.stream().filter(run -> !run.netCost().isZero()).toList();
    if (paid.isEmpty()) {
      boolean wasRefunded = family.stream().anyMatch(run -> !run.refunded().isZero());
      throw new ConflictProblem(
          wasRefunded
              ? "The run has been refunded already."
              : "The run cost nothing: there is nothing to give back.");
    }
    return paid;
  }

  private static ConflictProblem notEnded() {
    return new ConflictProblem("The run has not ended yet.");
  }
}
