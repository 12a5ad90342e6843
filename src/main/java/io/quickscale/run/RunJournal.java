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
import io.quickscale.problem.ServiceTimeoutProblem;
import io.quickscale.run.IdempotencyRecords.Answered;
import io.quickscale.run.RunGroup.Entry;
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
import java.util.Optional;
import java.util.Set;
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
  @Inject RunFamily family;
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
    RunGroup group = new RunGroup(commands);
    group.replay(idempotency.earlier(group.keys()));
    group.accountsOfFamilies().forEach(ledger::lock);
    Set<Long> goingOn = usages.running(group.outerRuns());
    group.refuse((start, before) -> objection(start.run(), before, goingOn));
    List<LedgerCommand> moves = group.ledgerCommands();
    if (!moves.isEmpty()) {
      group.moved(ledger.apply(moves));
    }
    start(group.starting());
    finish(group.finishing());
    group.families().forEach(this::finishFamily);
    return group.outcomes();
  }

  /**
   * Gives up a run whose deadline has passed: returns its credits and what the runs within it cost,
   * and frees its idempotency key.
   *
   * @throws ConflictProblem the run has ended meanwhile
   */
  @Transactional
  public void abandon(Overdue overdue) {
    ledger.lock(overdue.accountId());
    Optional<LedgerCommand> release =
        overdue.isFree()
            ? Optional.empty()
            : Optional.of(new Release(overdue.accountId(), overdue.usageId()));
    family.end(overdue.accountId(), overdue.usageId(), release, InnerEnd.ALL_BACK);
    if (usages.abandon(List.of(overdue.usageId()), time.now()) == 0) {
      throw new ConflictProblem("The run has ended already.");
    }
    idempotency.free(overdue.usageId());
  }

  /** Runs that should have ended by now, those behind one, or the first, by their deadline. */
  @Transactional
  public List<Overdue> overdue(Optional<Overdue> after, int limit) {
    return usages.overdue(time.now(), after.orElse(Overdue.NONE), limit);
  }

  /** How many runs should have ended by now. */
  @Transactional
  public long overdueCount() {
    return usages.overdueCount(time.now());
  }

  private Problem objection(Run run, int startsBefore, Set<Long> goingOn) {
    if (run.outer().isPresent() && !goingOn.contains(run.parentId())) {
      return new ServiceTimeoutProblem(run.outer().get().service().name());
    }
    Integer limit = run.service().settings().maxConcurrentRuns();
    return limit == null || running(run) + startsBefore < limit ? null : tooMany(run, limit);
  }

  private static Problem tooMany(Run run, int limit) {
    return new RateLimitedProblem(
        "Your account has %d %s of '%s' going, as many as the service lets an account have at a time (max_concurrent_runs). Try again when one has ended, in a second at the soonest."
            .formatted(limit, limit == 1 ? "run" : "runs", run.service().name()),
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

  /** A run with runs within it: they end with it. */
  private void finishFamily(Entry entry) {
    RunCommand.Finish finish = (RunCommand.Finish) entry.command();
    Run run = finish.run();
    long accountId = run.user().accountId();
    Ending ending = usages.lock(List.of(run.usageId())).get(run.usageId());
    if (ending != null && ending.status() != Usage.Status.RUNNING) {
      entry.end(endedBefore(finish, ending, available(accountId)));
      return;
    }
    Optional<LedgerCommand> own =
        run.isFree() ? Optional.empty() : Optional.of(entry.ledgerCommand());
    RunFamily.Ended ended = family.end(accountId, run.usageId(), own, finish.end().inner());
    OffsetDateTime now = time.now();
    Settlement settlement =
        new Settlement(
            run,
            finish.end(),
            finish.end().charge().isZero() ? List.of() : ended.own().orElseThrow().shares(),
            ended.available().orElseGet(() -> available(accountId)),
            now,
            Duration.between(run.startedAt(), now),
            ended.innerRuns());
    usages.end(List.of(settlement));
    run.key()
        .ifPresent(
            key ->
                idempotency.answer(List.of(new Answered(key, finish.words().apply(settlement)))));
    entry.end(RunOutcome.ended(settlement));
  }

  private Credits available(long accountId) {
    return ledger.available(Set.of(accountId)).get(accountId);
  }

  /** A run that is ended now: a free one, or one whose hold was closed just now. */
  private Settlement settlement(RunCommand.Finish finish, Entry entry, Credits left) {
    Run run = finish.run();
    OffsetDateTime now = time.now();
    Duration duration = Duration.between(run.startedAt(), now);
    if (entry.applied() == null) {
      requireFree(run);
      return new Settlement(run, finish.end(), List.of(), left, now, duration, List.of());
    }
    List<GrantShare> paidFrom =
        finish.end().charge().isZero() ? List.of() : entry.applied().shares();
    return new Settlement(
        run, finish.end(), paidFrom, entry.applied().available(), now, duration, List.of());
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
            finish.run(),
            finish.end(),
            ending.paidFrom(),
            left,
            time.now(),
            ending.duration(),
            finish.end().inner().any() ? usages.within(finish.run().usageId()) : List.of()));
  }

  private static void requireFree(Run run) {
    if (!run.isFree()) {
      throw new IllegalStateException(
          "Run " + run.usageId() + " is going on although its hold is closed");
    }
  }
}
