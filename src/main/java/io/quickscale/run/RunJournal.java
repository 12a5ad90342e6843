package io.quickscale.run;

import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.CreditStatement;
import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import io.quickscale.credit.LedgerCommand;
import io.quickscale.credit.LedgerCommand.Release;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.RateLimitedProblem;
import io.quickscale.run.RunBatch.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What runs write: one transaction when they start, one when they end, shared with whatever other
 * runs start and end at that moment. Each moves the credits, the usage record and the idempotency
 * record of a run together or not at all.
 */
@ApplicationScoped
class RunJournal {
  @PersistenceContext EntityManager entities;
  @Inject CreditLedger ledger;
  @Inject CreditStatement statement;
  @Inject IdempotencyRecords idempotency;
  @Inject Time time;

  /**
   * Writes commands in one transaction, in their order; a refused one has written nothing and does
   * not touch its neighbours.
   *
   * @return one outcome a command, in the same order
   */
  @Transactional
  public List<RunOutcome> write(List<RunCommand> commands) {
    RunBatch batch = new RunBatch(commands);
    batch.refuse(this::tooManyRuns);
    List<LedgerCommand> moves = batch.ledgerCommands();
    if (!moves.isEmpty()) {
      batch.moved(ledger.apply(moves));
    }
    Map<Long, Usage> ending = ending(batch);
    batch.accepted().forEach(entry -> entry.end(write(entry, ending)));
    entities.flush();
    return batch.outcomes();
  }

  /**
   * Gives up a run whose deadline has passed: returns its credits and frees its idempotency key.
   */
  @Transactional
  public void abandon(Usage overdue) {
    if (!overdue.price().isZero()) {
      ledger.apply(new Release(overdue.accountId(), overdue.id())).orThrow();
    }
    Usage usage = entities.find(Usage.class, overdue.id());
    if (usage.status() == Usage.Status.RUNNING) {
      usage.abandon(time.now());
      idempotency.free(usage.id());
    }
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

  private Problem tooManyRuns(RunCommand.Start start, int startsBefore) {
    Run run = start.run();
    Integer limit = run.service().settings().maxConcurrentRuns();
    if (limit == null || running(run) + startsBefore < limit) {
      return null;
    }
    return new RateLimitedProblem(
        "You have %d runs of '%s' going, which is the limit. Wait for one to end."
            .formatted(limit, run.service().name()),
        1);
  }

  private long running(Run run) {
    // Counted behind the account's lock: starts on two nodes cannot both slip through.
    ledger.lock(run.user().accountId());
    return entities
        .createQuery(
            "select count(u) from Usage u where u.accountId = :account"
                + " and u.service = :service and u.status = :running",
            Long.class)
        .setParameter("account", run.user().accountId())
        .setParameter("service", run.service().name())
        .setParameter("running", Usage.Status.RUNNING)
        .getSingleResult();
  }

  /** The records of the runs that end, read behind the locks of their accounts. */
  private Map<Long, Usage> ending(RunBatch batch) {
    List<Long> ids =
        batch.accepted().stream()
            .map(Entry::command)
            .filter(RunCommand.Finish.class::isInstance)
            .map(command -> command.run().usageId())
            .toList();
    if (ids.isEmpty()) {
      return Map.of();
    }
    return entities
        .createQuery("select u from Usage u where u.id in :ids", Usage.class)
        .setParameter("ids", ids)
        .getResultStream()
        .collect(Collectors.toMap(Usage::id, Function.identity()));
  }

  private RunOutcome write(Entry entry, Map<Long, Usage> ending) {
    Run run = entry.command().run();
    if (entry.command() instanceof RunCommand.Finish finish) {
      return finish(finish, entry, ending.get(run.usageId()));
    }
    run.key().ifPresent(key -> idempotency.claim(key, run.usageId()));
    entities.persist(new Usage(run));
    return RunOutcome.STARTED;
  }

  private RunOutcome finish(RunCommand.Finish finish, Entry entry, Usage usage) {
    return switch (usage.status()) {
      case RUNNING -> RunOutcome.ended(end(finish, entry, usage));
      case ABANDONED ->
          RunOutcome.refused(
              new ConflictProblem("The run has ended already: it took longer than its deadline."));
      case SUCCEEDED, FAILED -> RunOutcome.ended(earlierEnd(finish, usage));
    };
  }

  private Settlement end(RunCommand.Finish finish, Entry entry, Usage usage) {
    Settlement settlement = settlement(finish, entry);
    usage.end(settlement, time.now());
    finish.run().key().ifPresent(key -> idempotency.answer(key, finish.words().apply(settlement)));
    return settlement;
  }

  /**
   * Only the run itself ends it like this: the outcome of its first commit was unknown, and it was
   * written.
   */
  private Settlement earlierEnd(RunCommand.Finish finish, Usage usage) {
    Run run = finish.run();
    return new Settlement(
        run,
        finish.end(),
        usage.paidFrom(),
        statement.available(run.user().accountId()),
        Duration.ofMillis(usage.durationMillis().orElse(0L)));
  }

  private Settlement settlement(RunCommand.Finish finish, Entry entry) {
    Run run = finish.run();
    OffsetDateTime now = time.now();
    Duration duration = Duration.between(run.startedAt(), now);
    if (entry.applied() == null) {
      requireFree(run);
      Credits available = statement.available(run.user().accountId());
      return new Settlement(run, finish.end(), List.of(), available, duration);
    }
    List<GrantShare> paidFrom =
        finish.end().charge().isZero() ? List.of() : entry.applied().shares();
    return new Settlement(run, finish.end(), paidFrom, entry.applied().available(), duration);
  }

  private static void requireFree(Run run) {
    if (!run.service().price().maximum().isZero()) {
      throw new IllegalStateException(
          "Run " + run.usageId() + " is going on although its hold is closed");
    }
  }
}
