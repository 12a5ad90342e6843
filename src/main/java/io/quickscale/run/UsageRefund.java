package io.quickscale.run;

import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.Credits;
import io.quickscale.credit.LedgerCommand;
import io.quickscale.credit.LedgerOutcome.Applied;
import io.quickscale.problem.NotFoundProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** Gives back what a run cost. */
@ApplicationScoped
public class UsageRefund {
  @PersistenceContext EntityManager entities;
  @Inject CreditLedger ledger;

  /**
   * What was given back.
   *
   * @param refunded to the grants that had paid
   * @param available what the account can spend now
   */
  public record Receipt(Credits refunded, Credits available) {}

  /**
   * Refunds a run, once.
   *
   * @throws NotFoundProblem there is no such run
   * @throws io.quickscale.problem.ConflictProblem it cost nothing, has not ended, or has been
   *     refunded already
   */
  @Transactional
  public Receipt refund(long usageId, String reason) {
    Usage usage = entities.find(Usage.class, usageId);
    if (usage == null) {
      throw new NotFoundProblem("There is no such usage record.");
    }
    Applied applied =
        ledger.apply(new LedgerCommand.Refund(usage.accountId(), usageId, reason)).orThrow();
    entities
        .createQuery("update Usage u set u.refundedMicros = u.costMicros where u.id = :id")
        .setParameter("id", usageId)
        .executeUpdate();
    return new Receipt(applied.moved(), applied.available());
  }
}
