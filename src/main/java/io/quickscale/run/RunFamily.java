package io.quickscale.run;

import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.Credits;
import io.quickscale.credit.LedgerCommand;
import io.quickscale.credit.LedgerCommand.Refund;
import io.quickscale.credit.LedgerCommand.Release;
import io.quickscale.credit.LedgerOutcome;
import io.quickscale.credit.LedgerOutcome.Applied;
import io.quickscale.platform.Time;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ends a run together with the runs within it, in the caller's transaction, which holds the
 * account's lock: nobody starts, ends or refunds one of them meanwhile.
 */
@ApplicationScoped
class RunFamily {
  private static final String REASON = "the run that ordered it cost nothing";

  @Inject CreditLedger ledger;
  @Inject UsageTable usages;
  @Inject Time time;

  /**
   * What has become of a family.
   *
   * @param own what the ledger did for the outer run; empty for a free one
   * @param available what the account can spend after it; empty if no credits moved
   * @param innerRuns the runs within, as they are now
   */
  record Ended(Optional<Applied> own, Optional<Credits> available, List<InnerRun> innerRuns) {}

  /**
   * Ends a run's hold; what still goes on within it is given up, since nobody waits for it, and
   * what was paid within it is given back where that is wanted.
   *
   * @param own ends the run's own hold; empty for a free run
   * @throws io.quickscale.problem.ConflictProblem a hold has been closed meanwhile
   */
  Ended end(long accountId, long usageId, Optional<LedgerCommand> own, InnerEnd wanted) {
    List<InnerRun> within = usages.within(usageId);
    List<InnerRun> unfinished = within.stream().filter(InnerRun::isRunning).toList();
    List<InnerRun> held = unfinished.stream().filter(run -> !run.isFree()).toList();
    List<InnerRun> paid = toGiveBack(within, wanted);
    List<LedgerCommand> commands = new ArrayList<>(own.stream().toList());
    held.forEach(run -> commands.add(new Release(accountId, run.usageId())));
    paid.forEach(run -> commands.add(new Refund(accountId, run.usageId(), REASON)));
    List<LedgerOutcome> outcomes = commands.isEmpty() ? List.of() : ledger.apply(commands);
    int closed = commands.size() - paid.size();
    List<Applied> ended = outcomes.subList(0, closed).stream().map(LedgerOutcome::orThrow).toList();
    Set<Long> givenBack = applied(paid, outcomes.subList(closed, outcomes.size()));
    usages.abandon(unfinished.stream().map(InnerRun::usageId).toList(), time.now());
    usages.refund(givenBack);
    return new Ended(
        own.isPresent() ? Optional.of(ended.get(0)) : Optional.empty(),
        last(outcomes),
        within.stream()
            .map(run -> givenBack.contains(run.usageId()) ? run.givenBack() : run)
            .toList());
  }

  /** In the order of their ids an outer run comes before those that it has ordered. */
  private static List<InnerRun> toGiveBack(List<InnerRun> within, InnerEnd wanted) {
    Set<Long> back = new HashSet<>();
    List<InnerRun> paid = new ArrayList<>();
    for (InnerRun run : within) {
      if (wanted.givesBack(run.usageId()) || back.contains(run.parentId())) {
        back.add(run.usageId());
        if (!run.isRunning() && !run.netCost().isZero()) {
          paid.add(run);
        }
      }
    }
    return paid;
  }

  /** An account that by now has more than can be counted keeps a charge: the run must end. */
  private static Set<Long> applied(List<InnerRun> paid, List<LedgerOutcome> outcomes) {
    Set<Long> givenBack = new HashSet<>();
    for (int i = 0; i < paid.size(); i++) {
      if (outcomes.get(i) instanceof Applied) {
        givenBack.add(paid.get(i).usageId());
      }
    }
    return givenBack;
  }

  private static Optional<Credits> last(List<LedgerOutcome> outcomes) {
    return outcomes.stream()
        .filter(Applied.class::isInstance)
        .map(outcome -> ((Applied) outcome).available())
        .reduce((earlier, later) -> later);
  }
}
