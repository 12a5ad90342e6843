package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import io.quickscale.platform.Ids;
import io.quickscale.registry.UnitCharge;
import io.quickscale.service.ServiceResult;
import io.quickscale.service.ServiceResult.Payment;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A run that has ended and is paid.
 *
 * @param end how it ended
 * @param paidFrom the grants that paid, and how much
 * @param remaining what the account can spend after it
 * @param at when it was settled
 * @param innerRuns what it ran of other services, and what that cost by the end of this run
 */
record Settled(
    OpenRun run,
    RunEnd end,
    List<GrantShare> paidFrom,
    Credits remaining,
    OffsetDateTime at,
    Duration duration,
    List<InnerRun> innerRuns) {
  Credits cost() {
    return Credits.sum(paidFrom.stream().map(GrantShare::credits).toList());
  }

  /** The receipt for the caller, or the problem as an exception. */
  ServiceResult<Object> resultOrThrow() {
    end.problem()
        .ifPresent(
            problem -> {
              throw problem;
            });
    return new ServiceResult<>(
        true,
        run.service(),
        end.result(),
        cost().toDecimal(),
        remaining.toDecimal(),
        Ids.format(run.usageId()),
        duration,
        paidFrom.stream().map(Settled::payment).toList(),
        end.units().stream().map(Settled::metered).toList(),
        innerRuns.stream().map(Settled::inner).toList());
  }

  private static ServiceResult.Metered metered(UnitCharge unit) {
    return new ServiceResult.Metered(
        unit.unit(),
        unit.quantity(),
        unit.included(),
        unit.maximum(),
        unit.creditsPerUnit().toDecimal(),
        unit.credits().toDecimal());
  }

  private static ServiceResult.InnerRun inner(InnerRun run) {
    return new ServiceResult.InnerRun(
        Ids.format(run.usageId()), run.service(), run.netCost().toDecimal());
  }

  private static Payment payment(GrantShare share) {
    return new Payment(
        Ids.format(share.grantId()), share.kind().word(), share.credits().toDecimal());
  }
}
