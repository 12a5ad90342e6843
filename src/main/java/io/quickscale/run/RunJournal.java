package io.quickscale.run;

import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import io.quickscale.credit.LedgerCommand;
import io.quickscale.credit.LedgerCommand.Release;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.RateLimitedProblem;
import io.quickscale.run.IdempotencyRecords.Answered;
import io.quickscale.run.RunBatch.Entry;
import io.quickscale.run.UsageTable.Ending;
import io.quickscale.run.UsageTable.Overdue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What runs write: one transaction when they start, one when they end, shared with whatever other
 * runs start and end at that moment. Each moves the credits, the usage record and the idempotency
 * record of a run together or not at all.
 */
@ApplicationScoped
class RunJournal {
  @Inject CreditLedger ledger;
  @Inject UsageTable usages;
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
    batch.replay(idempotency.earlier(batch.keys()));
    batch.refuse(this::tooManyRuns);
    List<LedgerCommand> moves = batch.ledgerCommands();
    if (!moves.isEmpty()) {
      batch.moved(ledger.apply(moves));
    }
    start(batch.starting());
    finish(batch.finishing());
    return batch.outcomes();
  }

  /**
   * Gives up a run whose deadline has passed: returns its credits and frees its idempotency key.
   * Does nothing if the run has ended meanwhile.
   *
   * @return whether it was given up here and now
   */
  @Transactional
  public boolean abandon(Overdue overdue) {
    if (!overdue.isFree()) {
      ledger.apply(new Release(overdue.accountId(), overdue.usageId())).orThrow();
    }
    boolean abandoned = usages.abandon(overdue.usageId(), time.now());
    if (abandoned) {
      idempotency.free(overdue.usageId());
    }
    return abandoned;
  }

  /** Runs that should have ended by now, oldest first. */
  @Transactional
  public List<Overdue> overdue(int limit) {
    return usages.overdue(time.now(), limit);
  }

  /** How many runs should have ended by now. */
  @Transactional
  public long overdueCount() {
    return usages.overdueCount(time.now());
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
    return usages.running(run.user().accountId(), run.service().name());
  }

  private void start(List<Entry> starting) {
    List<Run> runs = starting.stream().map(entry -> entry.command().run()).toList();
    usages.insert(runs);
    idempotency.claim(runs.stream().filter(run -> run.key().isPresent()).toList());
    starting.forEach(entry -> entry.end(RunOutcome.STARTED));
  }

  private void finish(List<Entry> finishing) {
    // Free runs have no hold that says whether they go on, and some holds may be closed.
    List<Entry> unsure = finishing.stream().filter(entry -> entry.applied() == null).toList();
    Map<Long, Ending> endings =
        usages.lock(unsure.stream().map(entry -> entry.command().run().usageId()).toList());
    Map<Long, Credits> available =
        ledger.available(
            unsure.stream()
                .map(entry -> entry.command().run().user().accountId())
                .collect(Collectors.toSet()));
    List<Settlement> settlements = new ArrayList<>();
    List<Answered> answers = new ArrayList<>();
    for (Entry entry : finishing) {
      RunCommand.Finish finish = (RunCommand.Finish) entry.command();
      Ending ending = endings.get(finish.run().usageId());
      Credits left = available.get(finish.run().user().accountId());
      if (ending == null || ending.status() == Usage.Status.RUNNING) {
        Settlement settlement = settlement(finish, entry, left);
        settlements.add(settlement);
        finish
            .run()
            .key()
            .ifPresent(key -> answers.add(new Answered(key, finish.words().apply(settlement))));
        entry.end(RunOutcome.ended(settlement));
      } else {
        entry.end(endedBefore(finish, ending, left));
      }
    }
    usages.end(settlements);
    idempotency.answer(answers);
  }

  /** A run that is ended now: a free one, or one whose hold was closed just now. */
  private Settlement settlement(RunCommand.Finish finish, Entry entry, Credits left) {
    Run run = finish.run();
    OffsetDateTime now = time.now();
    Duration duration = Duration.between(run.startedAt(), now);
    if (entry.applied() == null) {
      requireFree(run);
      return new Settlement(run, finish.end(), List.of(), left, now, duration);
    }
    List<GrantShare> paidFrom =
        finish.end().charge().isZero() ? List.of() : entry.applied().shares();
    return new Settlement(run, finish.end(), paidFrom, entry.applied().available(), now, duration);
  }

  /**
   * Only the run itself ends it as SUCCEEDED or FAILED: then the outcome of its first commit was
   * unknown, and it was written.
   */
  private RunOutcome endedBefore(RunCommand.Finish finish, Ending ending, Credits left) {
    if (ending.status() == Usage.Status.ABANDONED) {
      return RunOutcome.refused(
          new ConflictProblem("The run has ended already: it took longer than its deadline."));
    }
    return RunOutcome.ended(
        new Settlement(
            finish.run(), finish.end(), ending.paidFrom(), left, time.now(), ending.duration()));
  }

  private static void requireFree(Run run) {
    if (!run.isFree()) {
      throw new IllegalStateException(
          "Run " + run.usageId() + " is going on although its hold is closed");
    }
  }
}
