package io.quickscale.run;

import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.Credits;
import io.quickscale.credit.LedgerBooks;
import io.quickscale.db.Database;
import io.quickscale.db.TransactionLimits;
import io.quickscale.db.Writes;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.run.IdempotencyRecords.Answered;
import io.quickscale.run.RunCommand.Abandon;
import io.quickscale.run.RunCommand.AnswerOrder;
import io.quickscale.run.RunCommand.Extend;
import io.quickscale.run.RunCommand.Finish;
import io.quickscale.run.RunCommand.Start;
import io.quickscale.run.RunGroup.Entry;
import io.quickscale.run.UsageTable.Ending;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What orders and runs write: one transaction when they start, one when they end, shared with
 * whatever others start and end at that moment. Each moves the credits, the run's row and the
 * idempotency record together or not at all.
 *
 * <p>Locks are taken in one order, so that no two transactions wait for each other in a circle:
 * accounts by id, then open runs, then grants by id.
 */
@ApplicationScoped
class RunJournal {
  /** How many times as large as that of one run the answer of an order of many may be. */
  private static final int ANSWER_OF_MANY = 16;

  @Inject CreditLedger ledger;
  @Inject OpenRuns openRuns;
  @Inject UsageTable usages;
  @Inject RunFamilies families;
  @Inject Objections objections;
  @Inject IdempotencyRecords idempotency;
  @Inject Database database;
  @Inject TransactionLimits limits;
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
    ledger.lock(group.accountsToLock());
    group.spare(extendedSince(group.overdue()), extendedMeanwhile());
    objections.raise(group);
    close(group);
    extend(group);
    LedgerBooks books = ledger.open(group.accountsToMove(), group.grantsToMove());
    group.move(books, time.now());
    conclude(group, books);
    usages.refund(group.givenBack());
    // Looks at what has been written.
    group.going().forEach(entry -> entry.end(abandoned(entry, ((Abandon) entry.command()).run())));
    return group.outcomes();
  }

  /**
   * Gives up a run that is overdue.
   *
   * @param lockWait the longest wait for whoever has locked its account
   */
  @Transactional
  public RunOutcome abandon(OpenRun run, Duration lockWait) {
    return limits.within(lockWait, () -> write(List.of(new Abandon(run))).get(0));
  }

  /** Runs that should have ended by now, those behind one, or the first, by their deadline. */
  @Transactional
  public List<OpenRun> overdue(Optional<OpenRun> after, int limit) {
    return openRuns.overdue(time.now(), after, limit);
  }

  /** The runs of an order that go on, by their ids. */
  @Transactional
  public List<OpenRun> ofOrder(long accountId, long orderId) {
    return openRuns.ofOrder(accountId, orderId);
  }

  /** How many runs should have ended by now. */
  @Transactional
  public long overdueCount() {
    return openRuns.overdueCount(time.now());
  }

  /** What the runs that go on hold together. */
  @Transactional
  public OpenHolds holds() {
    return openRuns.holds();
  }

  private void close(RunGroup group) {
    group.closed(openRuns.close(group.endingRuns()));
    for (Entry entry : group.families()) {
      entry.within(families.closeWithin(entry.openRun().orElseThrow(), entry.inner(), group));
    }
  }

  /** Those that have more time by now than when they were found overdue. */
  private Set<Long> extendedSince(List<OpenRun> overdue) {
    return overdue.stream()
        .filter(run -> openRuns.find(run.usageId()).filter(now -> now.isExtended(run)).isPresent())
        .map(OpenRun::usageId)
        .collect(Collectors.toSet());
  }

  /** Before the grants are locked, since it locks open runs. */
  private void extend(RunGroup group) {
    for (Entry entry : group.going()) {
      if (entry.command() instanceof Extend extend) {
        entry.end(extended(extend));
      }
    }
  }

  /** Concludes what is written together, and writes it. */
  private void conclude(RunGroup group, LedgerBooks books) {
    List<Entry> left = group.going();
    Map<Long, Ending> endings = new HashMap<>(usages.endings(endedBefore(left)));
    group.ended().forEach(run -> endings.put(run.run().usageId(), Ending.of(run)));
    Map<Long, Credits> available = available(left, books);
    Map<IdempotencyKey, Answered> answers = new HashMap<>();
    List<Consumer<Writes>> alongside = new ArrayList<>();
    for (Entry entry : left) {
      conclude(entry, endings, available, answers, alongside).ifPresent(entry::end);
    }
    Writes writes = ledger.writes(books);
    OpenRuns.insert(group.opening(), writes);
    UsageTable.insert(group.ended(), writes);
    idempotency.claim(group.started(), writes);
    idempotency.answer(List.copyOf(answers.values()), writes);
    alongside.forEach(write -> write.accept(writes));
    database.write(writes);
  }

  private Optional<RunOutcome> conclude(
      Entry entry,
      Map<Long, Ending> endings,
      Map<Long, Credits> available,
      Map<IdempotencyKey, Answered> answers,
      List<Consumer<Writes>> alongside) {
    if (entry.command() instanceof Finish finish) {
      return Optional.of(
          entry.isClosed()
              ? ended(entry, finish, available, answers, alongside)
              : endedBefore(finish, endings.get(finish.run().usageId()), available));
    } else if (entry.command() instanceof AnswerOrder order) {
      answers.put(
          order.key(), new Answered(order.key(), order.orderId(), order.answer(), ANSWER_OF_MANY));
      return Optional.of(new RunOutcome.Written());
    }
    return entry.command() instanceof Start start
        ? Optional.of(started(entry, start, answers, alongside))
        : Optional.empty();
  }

  private static RunOutcome started(
      Entry entry,
      Start start,
      Map<IdempotencyKey, Answered> answers,
      List<Consumer<Writes>> alongside) {
    Order order = start.order();
    order
        .key()
        .ifPresent(
            key ->
                start
                    .answer()
                    .ifPresent(answer -> answers.put(key, new Answered(key, order.id(), answer))));
    alongside.add(start.alongside());
    return new RunOutcome.Started(entry.opening());
  }

  private static RunOutcome ended(
      Entry entry,
      Finish finish,
      Map<Long, Credits> available,
      Map<IdempotencyKey, Answered> answers,
      List<Consumer<Writes>> alongside) {
    EndedRun ended = entry.ended();
    Settled settled =
        new Settled(
            finish.run(),
            finish.end(),
            ended.paidFrom(),
            available.get(finish.accountId()),
            ended.at(),
            Duration.between(finish.run().startedAt(), ended.at()),
            entry.innerRuns());
    finish
        .reply()
        .ifPresent(
            reply ->
                answers.put(
                    reply.key(),
                    new Answered(
                        reply.key(), finish.run().orderId(), reply.words().apply(settled))));
    alongside.add(writes -> finish.alongside().write(RunAnswer.of(settled), writes));
    return new RunOutcome.Ended(settled);
  }

  /**
   * Only the run itself ends it as SUCCEEDED or FAILED: then the outcome of its first commit was
   * unknown, and it was written.
   */
  private RunOutcome endedBefore(Finish finish, Ending ending, Map<Long, Credits> available) {
    if (ending == null) {
      throw new IllegalStateException(
          "Run " + finish.run().usageId() + " neither goes on nor has a record");
    }
    if (ending.status() == Usage.Status.ABANDONED) {
      return new RunOutcome.Refused(endedAlready());
    }
    return new RunOutcome.Ended(
        new Settled(
            finish.run(),
            finish.end(),
            ending.paidFrom(),
            available.get(finish.accountId()),
            time.now(),
            ending.duration(),
            finish.end().inner().any()
                ? families.within(finish.accountId(), finish.run().usageId())
                : List.of()));
  }

  private RunOutcome abandoned(Entry entry, OpenRun run) {
    if (!entry.isClosed()) {
      return new RunOutcome.Refused(endedAlready());
    }
    if (!isPartlyDone(run)) {
      idempotency.free(run.orderId());
    }
    return new RunOutcome.Written();
  }

  /** What a part of the order does or has cost must not be paid again under the same key. */
  private boolean isPartlyDone(OpenRun run) {
    return openRuns.goesOn(run.accountId(), run.orderId()) || usages.hasCost(run);
  }

  private RunOutcome extended(Extend extend) {
    return openRuns.extend(extend.accountId(), extend.orderId(), extend.deadline()) == 0
        ? new RunOutcome.Refused(endedAlready())
        : new RunOutcome.Written();
  }

  private static ConflictProblem endedAlready() {
    return new ConflictProblem("The run has ended already: it took longer than its deadline.");
  }

  private static ConflictProblem extendedMeanwhile() {
    return new ConflictProblem("The run has been given more time.");
  }

  private static Set<Long> endedBefore(List<Entry> left) {
    return left.stream()
        .filter(entry -> entry.command() instanceof Finish && !entry.isClosed())
        .map(entry -> ((Finish) entry.command()).run().usageId())
        .collect(Collectors.toSet());
  }

  /** What the accounts of runs that end can spend after all this. */
  private Map<Long, Credits> available(List<Entry> left, LedgerBooks books) {
    Set<Long> accounts =
        left.stream()
            .filter(entry -> entry.command() instanceof Finish)
            .map(entry -> entry.command().accountId())
            .collect(Collectors.toSet());
    Map<Long, Credits> available = new HashMap<>();
    Set<Long> unopened =
        accounts.stream().filter(account -> !books.isOpen(account)).collect(Collectors.toSet());
    available.putAll(ledger.available(unopened));
    accounts.stream()
        .filter(books::isOpen)
        .forEach(account -> available.put(account, books.available(account)));
    return available;
  }
}
