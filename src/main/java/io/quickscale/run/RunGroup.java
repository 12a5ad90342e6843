package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.credit.LedgerCommand;
import io.quickscale.credit.LedgerCommand.PlaceHold;
import io.quickscale.credit.LedgerCommand.Release;
import io.quickscale.credit.LedgerCommand.Settle;
import io.quickscale.credit.LedgerOutcome;
import io.quickscale.credit.LedgerOutcome.Applied;
import io.quickscale.credit.LedgerOutcome.Refused;
import io.quickscale.problem.Problem;
import io.quickscale.problem.RequestInProgressProblem;
import io.quickscale.run.IdempotencyRecords.Earlier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Commands of one transaction on their way: some are refused beforehand, the priced ones go to the
 * ledger, the rest is written. Knows no database.
 */
final class RunGroup {
  private final List<Entry> entries = new ArrayList<>();

  RunGroup(List<RunCommand> commands) {
    commands.forEach(command -> entries.add(new Entry(command)));
  }

  /** The idempotency keys of the runs that are to start. */
  List<IdempotencyKey> keys() {
    return entries.stream().flatMap(entry -> entry.key().stream()).toList();
  }

  /** Accounts, sorted, of the commands that concern runs within runs. */
  List<Long> accountsOfFamilies() {
    return entries.stream()
        .filter(entry -> entry.isFamily() || entry.outerRun().isPresent())
        .map(entry -> entry.command.run().user().accountId())
        .distinct()
        .sorted()
        .toList();
  }

  /** The runs within which others are to start. */
  Set<Long> outerRuns() {
    return entries.stream().flatMap(entry -> entry.outerRun().stream()).collect(Collectors.toSet());
  }

  /** Answers the starts whose keys have been used before. */
  void replay(List<Earlier> earlier) {
    if (!earlier.isEmpty()) {
      for (Entry entry : entries) {
        entry.key().ifPresent(key -> entry.replay(key, earlier));
      }
    }
  }

  /** Says what can be said against a start before the ledger is asked; null if nothing. */
  interface Objection {
    /**
     * @param startsBefore how many starts of the same service by the same account come before it in
     *     this group
     */
    Problem against(RunCommand.Start start, int startsBefore);
  }

  /**
   * Refuses what can be refused beforehand: a key that another start in here has claimed, and what
   * is objected to.
   */
  void refuse(Objection objection) {
    Set<String> keys = new HashSet<>();
    Map<String, Integer> starts = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.outcome == null && entry.command instanceof RunCommand.Start start) {
        String claimed =
            start.run().key().map(key -> key.userId() + " " + key.value()).orElse(null);
        String group = start.run().user().accountId() + " " + start.run().service().name();
        if (claimed != null && !keys.add(claimed)) {
          entry.outcome = RunOutcome.refused(new RequestInProgressProblem());
        } else {
          Problem problem = objection.against(start, starts.getOrDefault(group, 0));
          entry.outcome = problem == null ? null : RunOutcome.refused(problem);
        }
        starts.merge(group, entry.outcome == null ? 1 : 0, Integer::sum);
      }
    }
  }

  /** What the ledger has to do for the commands that are left. */
  List<LedgerCommand> ledgerCommands() {
    return priced().stream().map(Entry::ledgerCommand).toList();
  }

  /** Takes the ledger's answers, in the order of {@link #ledgerCommands}. */
  void moved(List<LedgerOutcome> answers) {
    List<Entry> asked = priced();
    for (int i = 0; i < asked.size(); i++) {
      asked.get(i).moved(answers.get(i));
    }
  }

  /** The starts that nothing speaks against. */
  List<Entry> starting() {
    return entries.stream()
        .filter(entry -> entry.outcome == null && entry.command instanceof RunCommand.Start)
        .toList();
  }

  /** The finishes of runs without inner ones, with what the ledger did for them. */
  List<Entry> finishing() {
    return entries.stream()
        .filter(entry -> entry.command instanceof RunCommand.Finish && !entry.isFamily())
        .toList();
  }

  /** The finishes of runs with inner ones; what the ledger has to do depends on those. */
  List<Entry> families() {
    return entries.stream().filter(Entry::isFamily).toList();
  }

  /** One outcome a command. */
  List<RunOutcome> outcomes() {
    return entries.stream().map(entry -> entry.outcome).toList();
  }

  private List<Entry> priced() {
    return entries.stream()
        .filter(entry -> entry.outcome == null && !entry.isFamily() && entry.isPriced())
        .toList();
  }

  /** A command and what has become of it so far. */
  static final class Entry {
    private final RunCommand command;
    private Applied applied;
    private RunOutcome outcome;

    private Entry(RunCommand command) {
      this.command = command;
    }

    RunCommand command() {
      return command;
    }

    /** What the ledger did; null for a free run, and for a hold that was closed before. */
    Applied applied() {
      return applied;
    }

    void end(RunOutcome end) {
      outcome = end;
    }

    /** What the ledger has to do; only for a run that has a price. */
    LedgerCommand ledgerCommand() {
      Run run = command.run();
      long accountId = run.user().accountId();
      if (command instanceof RunCommand.Finish finish) {
        Credits charge = finish.end().charge();
        return charge.isZero()
            ? new Release(accountId, run.usageId())
            : new Settle(accountId, run.usageId(), charge);
      }
      return new PlaceHold(accountId, run.usageId(), run.price());
    }

    private boolean isPriced() {
      return !command.run().isFree();
    }

    private boolean isFamily() {
      return command instanceof RunCommand.Finish finish && finish.end().inner().any();
    }

    /** The run within which this one is to start, if it is a start within one. */
    private Optional<Long> outerRun() {
      return command instanceof RunCommand.Start
          ? Optional.ofNullable(command.run().parentId())
          : Optional.empty();
    }

    /** The key that the command claims, if it is a start with one. */
    private Optional<IdempotencyKey> key() {
      return command instanceof RunCommand.Start ? command.run().key() : Optional.empty();
    }

    private void replay(IdempotencyKey key, List<Earlier> earlier) {
      try {
        earlier.stream()
            .filter(one -> one.hasKey(key))
            .findFirst()
            .ifPresent(one -> outcome = RunOutcome.answeredBefore(one.answerTo(key)));
      } catch (Problem refusal) {
        outcome = RunOutcome.refused(refusal);
      }
    }

    private void moved(LedgerOutcome answer) {
      if (answer instanceof Applied done) {
        applied = done;
      } else if (command instanceof RunCommand.Start) {
        outcome = RunOutcome.refused(((Refused) answer).problem());
      }
      // A finish that finds its hold closed is judged by the run's record: it may have been written
      // before.
    }
  }
}
