package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import io.quickscale.credit.Hold;
import io.quickscale.credit.LedgerBooks;
import io.quickscale.credit.LedgerCommand.PlaceHolds;
import io.quickscale.credit.LedgerCommand.Release;
import io.quickscale.credit.LedgerCommand.Settle;
import io.quickscale.credit.LedgerCommand.Wanted;
import io.quickscale.credit.LedgerOutcome;
import io.quickscale.credit.LedgerOutcome.Held;
import io.quickscale.credit.LedgerOutcome.Refused;
import io.quickscale.problem.Problem;
import io.quickscale.problem.RequestInProgressProblem;
import io.quickscale.run.IdempotencyRecords.Earlier;
import io.quickscale.run.RunCommand.Abandon;
import io.quickscale.run.RunCommand.Extend;
import io.quickscale.run.RunCommand.Finish;
import io.quickscale.run.RunCommand.Start;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands that share one transaction, on their way: some are refused beforehand, some move
 * credits, all are written. Knows no database.
 */
final class RunGroup {
  private final List<Entry> entries = new ArrayList<>();

  /**
   * Runs that end in this transaction, and those found within them: one object each, however many
   * of the runs that end here it is within. What one of them gives up or gives back, the next one
   * finds done.
   */
  private final Map<Long, FamilyMember> members = new HashMap<>();

  RunGroup(List<RunCommand> commands) {
    commands.forEach(command -> entries.add(new Entry(command)));
  }

  // What is looked at before anything is touched.

  /** The idempotency keys of the orders that are to start. */
  List<IdempotencyKey> keys() {
    return starts().flatMap(start -> start.order().key().stream()).toList();
  }

  /** Answers the starts whose keys have been used before. */
  void replay(List<Earlier> earlier) {
    if (!earlier.isEmpty()) {
      entries.forEach(entry -> entry.key().ifPresent(key -> entry.replay(key, earlier)));
    }
  }

  /**
   * The accounts of commands that look at more than the run they are about: nobody else may change
   * that meanwhile.
   */
  Set<Long> accountsToLock() {
    return going().stream()
        .filter(Entry::looksAtOthers)
        .map(entry -> entry.command.accountId())
        .collect(Collectors.toSet());
  }

  /** The orders that are to start and have not been refused or answered. */
  Stream<Start> starts() {
    return going().stream()
        .map(entry -> entry.command)
        .filter(Start.class::isInstance)
        .map(Start.class::cast);
  }

  /** The runs that are to be given up, as they were when that was decided. */
  List<OpenRun> overdue() {
    return entries.stream()
        .map(entry -> entry.command)
        .filter(Abandon.class::isInstance)
        .map(command -> ((Abandon) command).run())
        .toList();
  }

  /** Refuses to give up these runs. */
  void spare(Set<Long> usageIds, Problem why) {
    entries.stream()
        .filter(
            entry ->
                entry.command instanceof Abandon abandon
                    && usageIds.contains(abandon.run().usageId()))
        .forEach(entry -> entry.refuse(why));
  }

  /** The runs that end here by their own commands. */
  List<Long> endingRuns() {
    return going().stream()
        .flatMap(entry -> entry.openRun().stream())
        .map(OpenRun::usageId)
        .toList();
  }

  /**
   * Refuses starts: those with a key that another one in here has claimed, and those that are
   * objected to.
   */
  void refuse(Function<Start, Optional<Problem>> objection) {
    Set<String> claimed = new HashSet<>();
    for (Entry entry : going()) {
      if (entry.command instanceof Start start) {
        String key = entry.key().map(k -> k.userId() + " " + k.value()).orElse(null);
        Optional<Problem> problem =
            key != null && !claimed.add(key)
                ? Optional.of(new RequestInProgressProblem())
                : objection.apply(start);
        problem.ifPresent(entry::refuse);
      }
    }
  }

  // What is closed.

  /** Takes which of the {@link #endingRuns} had not ended before. */
  void closed(Set<Long> usageIds) {
    // A run that two commands are to end is ended by the first.
    Set<Long> left = new HashSet<>(usageIds);
    for (Entry entry : entries) {
      entry
          .openRun()
          .filter(run -> left.remove(run.usageId()))
          .ifPresent(run -> entry.member = closedWith(run));
    }
  }

  /** A run that this transaction has closed. */
  FamilyMember closedWith(OpenRun run) {
    return members.computeIfAbsent(run.usageId(), id -> FamilyMember.ending(run));
  }

  /** A run within one that ends here, which had ended before. */
  FamilyMember endedBefore(InnerRun run) {
    return members.computeIfAbsent(run.usageId(), id -> FamilyMember.ended(run));
  }

  /** The runs that end here and were ordered by one of these. */
  List<FamilyMember> endingWithin(Collection<Long> parents) {
    return members.values().stream()
        .filter(member -> member.endsHere() && member.isOrderedBy(parents))
        .toList();
  }

  /** The runs that end here and may have others within them; inner ones before their outer ones. */
  List<Entry> families() {
    return entries.stream()
        .filter(entry -> entry.isClosed() && entry.inner().any())
        .sorted(Comparator.comparing((Entry entry) -> entry.member.usageId()).reversed())
        .toList();
  }

  // What moves credits.

  /** The accounts whose credits may move. */
  Set<Long> accountsToMove() {
    return going().stream()
        .filter(Entry::mayMoveCredits)
        .map(entry -> entry.command.accountId())
        .collect(Collectors.toSet());
  }

  /** Grants that may get something back although they may have no credits left. */
  Set<Long> grantsToMove() {
    return entries.stream().flatMap(entry -> entry.family.grants()).collect(Collectors.toSet());
  }

  /** Holds, settles and releases. */
  void move(LedgerBooks books, OffsetDateTime now) {
    List<Entry> families = families();
    going().stream()
        .filter(entry -> !families.contains(entry))
        .forEach(entry -> entry.move(books, now));
    families.forEach(entry -> entry.move(books, now));
  }

  // What is written.

  /** Orders that start. */
  List<Order> started() {
    return opened().map(entry -> ((Start) entry.command).order()).toList();
  }

  /** Runs that are to be opened. */
  List<OpenRun> opening() {
    return opened().flatMap(entry -> entry.opening.stream()).toList();
  }

  private Stream<Entry> opened() {
    return entries.stream().filter(entry -> !entry.opening.isEmpty());
  }

  /** Records of runs that have ended here. */
  List<EndedRun> ended() {
    return Stream.concat(
            entries.stream().flatMap(entry -> Stream.ofNullable(entry.ended)),
            members.values().stream().flatMap(member -> member.abandoned().stream()))
        .toList();
  }

  /** Runs that were given back what they had cost. */
  Set<Long> givenBack() {
    return members.values().stream()
        .filter(FamilyMember::isGivenBack)
        .map(FamilyMember::usageId)
        .collect(Collectors.toSet());
  }

  /** The commands without an outcome, with what has become of them so far. */
  List<Entry> going() {
    return entries.stream().filter(entry -> entry.outcome == null).toList();
  }

  /** One outcome a command. */
  List<RunOutcome> outcomes() {
    return entries.stream().map(entry -> entry.outcome).toList();
  }

  /** A command and what has become of it so far. */
  static final class Entry {
    private final RunCommand command;
    private FamilyMember member;
    private RunFamily family = new RunFamily(0, InnerEnd.NONE, List.of());
    private List<OpenRun> opening = List.of();
    private EndedRun ended;
    private RunOutcome outcome;

    private Entry(RunCommand command) {
      this.command = command;
    }

    RunCommand command() {
      return command;
    }

    /** Whether this transaction has ended its run: nobody had before. */
    boolean isClosed() {
      return member != null;
    }

    /** The run that the command ends, if it is to end one. */
    Optional<OpenRun> openRun() {
      if (command instanceof Finish finish) {
        return Optional.of(finish.run());
      }
      return command instanceof Abandon abandon ? Optional.of(abandon.run()) : Optional.empty();
    }

    /** What shall become of the runs within its run. */
    InnerEnd inner() {
      if (command instanceof Finish finish) {
        return finish.end().inner();
      }
      return command instanceof Abandon ? InnerEnd.ALL_BACK : InnerEnd.NONE;
    }

    void within(RunFamily runs) {
      family = runs;
    }

    /** The runs within its run, as they are now. */
    List<InnerRun> innerRuns() {
      return family.innerRuns();
    }

    /** The runs that it opens. */
    List<OpenRun> opening() {
      return opening;
    }

    EndedRun ended() {
      return ended;
    }

    void end(RunOutcome end) {
      outcome = end;
    }

    void refuse(Problem problem) {
      outcome = new RunOutcome.Refused(problem);
    }

    private Optional<IdempotencyKey> key() {
      return command instanceof Start start ? start.order().key() : Optional.empty();
    }

    private boolean looksAtOthers() {
      return command instanceof Start start
          ? start.order().outer().isPresent() || start.runs().stream().anyMatch(Entry::isLimited)
          : command instanceof Extend || inner().any();
    }

    private static boolean isLimited(Run run) {
      return run.service().settings().maxConcurrentRuns() != null;
    }

    private boolean mayMoveCredits() {
      if (command instanceof Start start) {
        return start.runs().stream().anyMatch(run -> !run.isFree());
      }
      return isClosed() && (!member.openRun().isFree() || !family.isEmpty());
    }

    private void replay(IdempotencyKey key, List<Earlier> earlier) {
      try {
        earlier.stream()
            .filter(one -> one.hasKey(key))
            .findFirst()
            .ifPresent(one -> outcome = new RunOutcome.Replayed(one.answerTo(key)));
      } catch (Problem refusal) {
        refuse(refusal);
      }
    }

    private void move(LedgerBooks books, OffsetDateTime now) {
      if (command instanceof Start start) {
        open(start, books);
      } else if (isClosed()) {
        endRun(books, now);
        family.end(books, now);
      }
    }

    private void open(Start start, LedgerBooks books) {
      List<Wanted> wanted =
          start.runs().stream()
              .filter(run -> !run.isFree())
              .map(run -> new Wanted(run.usageId(), run.price()))
              .toList();
      LedgerOutcome held =
          wanted.isEmpty()
              ? new Held(List.of(), null)
              : books.apply(new PlaceHolds(start.accountId(), wanted));
      if (held instanceof Refused refused) {
        refuse(refused.problem());
      } else {
        opening = open(start.runs(), ((Held) held).holds());
      }
    }

    private static List<OpenRun> open(List<Run> runs, List<Hold> holds) {
      Map<Long, Hold> byRun =
          holds.stream().collect(Collectors.toMap(Hold::usageId, Function.identity()));
      return runs.stream()
          .map(run -> OpenRun.of(run, run.isFree() ? List.of() : byRun.get(run.usageId()).shares()))
          .toList();
    }

    private void endRun(LedgerBooks books, OffsetDateTime now) {
      OpenRun run = member.openRun();
      if (command instanceof Finish finish) {
        ended = EndedRun.of(run, finish.end(), settle(run, finish.end().charge(), books), now);
      } else {
        settle(run, Credits.ZERO, books);
        ended = EndedRun.abandoned(run, now);
      }
      member.ended(ended);
    }

    /** What each grant paid. */
    private static List<GrantShare> settle(OpenRun run, Credits charge, LedgerBooks books) {
      if (run.isFree()) {
        return List.of();
      }
      if (charge.isZero()) {
        books.apply(new Release(run.hold())).orThrow();
        return List.of();
      }
      return books.apply(new Settle(run.hold(), charge)).orThrow().shares();
    }
  }
}
