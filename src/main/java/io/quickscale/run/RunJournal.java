package io.quickscale.run;

import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.CreditStatement;
import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import io.quickscale.credit.LedgerCommand;
import io.quickscale.credit.LedgerCommand.PlaceHold;
import io.quickscale.credit.LedgerCommand.Release;
import io.quickscale.credit.LedgerCommand.Settle;
import io.quickscale.credit.LedgerOutcome.Applied;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.RateLimitedProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;

/**
 * What a run writes: one transaction when it starts, one when it ends. Each moves the credits, the
 * usage record and the idempotency record together or not at all.
 */
@ApplicationScoped
class RunJournal {
  @PersistenceContext EntityManager entities;
  @Inject CreditLedger ledger;
  @Inject CreditStatement statement;
  @Inject IdempotencyRecords idempotency;
  @Inject Time time;

  /**
   * Claims the idempotency key, holds the most the run can cost and writes its record.
   *
   * @throws io.quickscale.service.InsufficientCreditsException nothing has been written
   */
  @Transactional
  public void start(Run run) {
    run.key().ifPresent(key -> idempotency.claim(key, run.usageId()));
    Credits price = run.service().price().maximum();
    if (!price.isZero()) {
      ledger.apply(new PlaceHold(run.user().accountId(), run.usageId(), price)).orThrow();
    }
    checkConcurrency(run);
    entities.persist(new Usage(run));
  }

  /**
   * Settles the hold and ends the record; keeps the answer if the run has a key.
   *
   * @throws ConflictProblem the run has been abandoned meanwhile; nothing has been written
   */
  @Transactional
  public Settlement finish(Run run, RunEnd end, Function<Settlement, Answer> format) {
    Settlement settlement = settle(run, end);
    endRecord(run, settlement);
    run.key().ifPresent(key -> idempotency.answer(key, format.apply(settlement)));
    return settlement;
  }

  /**
   * Gives up a run whose deadline has passed: returns its credits and frees its idempotency key.
   */
  @Transactional
  public void abandon(Usage usage) {
    if (!usage.price().isZero()) {
      ledger.apply(new Release(usage.accountId(), usage.id())).orThrow();
    }
    entities
        .createQuery(
            "update Usage u set u.status = :abandoned, u.errorCode = :code, u.finishedAt = :now"
                + " where u.id = :id and u.status = :running")
        .setParameter("abandoned", Usage.Status.ABANDONED)
        .setParameter("code", "abandoned")
        .setParameter("now", time.now())
        .setParameter("id", usage.id())
        .setParameter("running", Usage.Status.RUNNING)
        .executeUpdate();
    idempotency.free(usage.id());
  }

  /** Runs that should have ended by now, oldest first. */
  @Transactional
  public List<Usage> overdue(int limit) {
    return entities
        .createQuery(
            "select u from Usage u where u.status = :running and u.deadline <= :now"
                + " order by u.deadline",
            Usage.class)
        .setParameter("running", Usage.Status.RUNNING)
        .setParameter("now", time.now())
        .setMaxResults(limit)
        .getResultList();
  }

  /**
   * Counted behind the account's lock, so that parallel starts of a priced service cannot all slip
   * through.
   */
  private void checkConcurrency(Run run) {
    Integer limit = run.service().settings().maxConcurrentRuns();
    if (limit == null) {
      return;
    }
    long running =
        entities
            .createQuery(
                "select count(u) from Usage u where u.accountId = :account"
                    + " and u.service = :service and u.status = :running",
                Long.class)
            .setParameter("account", run.user().accountId())
            .setParameter("service", run.service().name())
            .setParameter("running", Usage.Status.RUNNING)
            .getSingleResult();
    if (running >= limit) {
      throw new RateLimitedProblem(
          "You have %d runs of '%s' going, which is the limit. Wait for one to end."
              .formatted(running, run.service().name()),
          1);
    }
  }

  private Settlement settle(Run run, RunEnd end) {
    Duration duration = Duration.between(run.startedAt(), time.now());
    long accountId = run.user().accountId();
    if (run.service().price().maximum().isZero()) {
      return new Settlement(run, end, List.of(), statement.available(accountId), duration);
    }
    boolean charged = !end.charge().isZero();
    LedgerCommand command =
        charged
            ? new Settle(accountId, run.usageId(), end.charge())
            : new Release(accountId, run.usageId());
    Applied applied = ledger.apply(command).orThrow();
    List<GrantShare> paidFrom = charged ? applied.shares() : List.of();
    return new Settlement(run, end, paidFrom, applied.available(), duration);
  }

  private void endRecord(Run run, Settlement settlement) {
    RunEnd end = settlement.end();
    OffsetDateTime now = time.now();
    int ended =
        entities
            .createQuery(
                "update Usage u set u.status = :status, u.costMicros = :cost, u.paidFrom = :paid,"
                    + " u.attempts = :attempts, u.errorCode = :code, u.finishedAt = :now,"
                    + " u.durationMillis = :duration"
                    + " where u.id = :id and u.status = :running")
            .setParameter("status", end.status())
            .setParameter("cost", settlement.cost().micros())
            .setParameter("paid", GrantShare.format(settlement.paidFrom()))
            .setParameter("attempts", end.attempts())
            .setParameter("code", end.problem().map(Problem::code).orElse(null))
            .setParameter("now", now)
            .setParameter("duration", settlement.duration().toMillis())
            .setParameter("id", run.usageId())
            .setParameter("running", Usage.Status.RUNNING)
            .executeUpdate();
    if (ended == 0) {
      throw new ConflictProblem("The run has ended already: it took longer than its deadline.");
    }
  }
}
