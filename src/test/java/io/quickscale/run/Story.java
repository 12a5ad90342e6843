package io.quickscale.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.credit.BalanceVerification;
import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.credit.CreditBeans;
import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.Credits;
import io.quickscale.credit.ExpirySweep;
import io.quickscale.credit.LedgerCommand;
import io.quickscale.credit.LedgerCommand.Give;
import io.quickscale.credit.LedgerCommand.VoidGrant;
import io.quickscale.node.Interruption;
import io.quickscale.node.Node;
import io.quickscale.node.SettableClock;
import io.quickscale.node.Transactions;
import io.quickscale.node.Transactions.AnswerLost;
import io.quickscale.node.Transactions.Ending;
import io.quickscale.node.Transactions.NodeDied;
import io.quickscale.problem.Problem;
import io.quickscale.run.LedgerModel.Claim;
import io.quickscale.run.LedgerModel.Key;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * One story that happens twice: to the real ledger on a database and to the {@link LedgerModel}.
 * Accounts, grants and runs count from 1.
 */
final class Story {
  private static final String DONE = "done";

  private final Node node;
  private final CreditLedger ledger;
  private final Transactions transactions;
  private final Interruption interruption;
  private final LedgerModel model = new LedgerModel();
  private final List<Long> accounts = new ArrayList<>();
  private final Set<String> answers = new TreeSet<>();
  private final RunsToWrite runs;
  private long lastGrant;

  Story(Node node, int accounts) {
    this.node = node;
    ledger = node.bean(CreditLedger.class);
    transactions = node.bean(Transactions.class);
    interruption = node.bean(Interruption.class);
    interruption.none();
    node.bean(SettableClock.class).set(LedgerModel.START.toInstant());
    for (int i = 0; i < accounts; i++) {
      this.accounts.add(ledger.openAccount());
      model.open(this.accounts.get(i));
    }
    runs = new RunsToWrite(this.accounts);
  }

  /** Lets one step happen and compares everything that can be seen. */
  void tell(Step step) {
    step.happen(this);
    assertThat(told()).as("the database after %s", step).isEqualTo(expected());
  }

  /** Asks the application's own audits. */
  void audit() {
    BalanceVerification.Report report = node.bean(BalanceVerification.class).verify(() -> {});
    assertThat(report.accountsChecked()).isEqualTo(accounts.size());
    assertThat(report.discrepancies()).as("what the ledger's audit finds").isEmpty();
    List<Discrepancy> ofRuns = new ArrayList<>();
    node.bean(UsageVerification.class).checkAfter(Long.MIN_VALUE, ofRuns);
    assertThat(ofRuns).as("what the verification of the runs finds").isEmpty();
  }

  private Set<String> told() {
    Set<String> facts = new TreeSet<>(node.bean(LedgerRows.class).facts());
    ledger
        .available(Set.copyOf(accounts))
        .forEach((id, left) -> facts.add(account(id, left.micros())));
    return facts;
  }

  private Set<String> expected() {
    Set<String> facts = new TreeSet<>(model.facts());
    accounts.forEach(id -> facts.add(account(id, model.available(id))));
    return facts;
  }

  private String account(long accountId, long micros) {
    return Facts.account(accounts.indexOf(accountId) + 1, micros);
  }

  /** All that callers were told, without the numbers. */
  Set<String> answers() {
    return answers;
  }

  // Steps.

  void give(Step.Give step) {
    long id = ++lastGrant;
    long accountId = accounts.get(step.account() - 1);
    Optional<Long> life = Optional.ofNullable(step.lifeMinutes());
    Give give =
        new Give(
            accountId,
            id,
            step.kind(),
            step.priority(),
            Credits.ofMicros(step.micros()),
            life.map(model.now()::plusMinutes),
            "a gift");
    happens(step.ending(), () -> apply(give), () -> model.give(give));
  }

  void voidGrant(Step.VoidGrant step) {
    long id = lastGrant - step.back();
    model
        .owner(id)
        .map(accountId -> new VoidGrant(accountId, id, "a mistake"))
        .ifPresent(
            command -> happens(step.ending(), () -> apply(command), () -> model.voidGrant(id)));
  }

  void refund(Step.Refund step) {
    model
        .run(step.back())
        .ifPresent(id -> happens(step.ending(), true, () -> refund(id), () -> model.refund(id)));
  }

  void expire() {
    CreditBeans.sweep(node.bean(ExpirySweep.class));
    model.expire();
  }

  void sweep() {
    node.bean(RunSweep.class).abandonOverdueRuns();
    model.abandonOverdue();
  }

  void forget() {
    node.bean(IdempotencySweep.class).forgetOldAnswers();
    model.forgetOldAnswers();
  }

  void pass(int minutes) {
    node.bean(SettableClock.class).pass(Duration.ofMinutes(minutes));
    model.pass(minutes);
  }

  /** See {@link Interruption}. */
  void meanwhile(Step.Meanwhile both) {
    interruption.at(both.moment(), () -> both.otherNode().happen(this));
    both.step().happen(this);
    interruption.none();
  }

  /**
   * Writes runs as {@code GroupCommit} does in the end: together, and if that fails, one by one. A
   * node that dies does neither, and nobody can end the runs that it has started.
   */
  void write(Step.Write step) {
    List<RunCommand> commands = runs.commands(step.parts(), model.now());
    Map<Key, Claim> claims = model.claims();
    transactions.nextEnds(step.ending());
    try {
      List<RunOutcome> outcomes = journal(commands);
      assertThat(told(outcomes))
          .as("what callers are told")
          .isEqualTo(model.write(commands, claims));
      runs.started(commands, outcomes);
    } catch (NodeDied death) {
      if (step.ending() == Ending.DIES_AFTER_COMMIT) {
        model.write(commands, claims);
      }
    } catch (AnswerLost unknown) {
      model.write(commands, claims);
      commands.forEach(this::writeAlone);
    } catch (PersistenceException failure) {
      if (!interruption.happened()) {
        throw failure;
      }
      commands.forEach(this::writeAlone);
    }
  }

  private void writeAlone(RunCommand command) {
    try {
      List<RunOutcome> outcomes = journal(List.of(command));
      assertThat(told(outcomes)).isEqualTo(model.write(List.of(command), model.claims()));
      runs.started(List.of(command), outcomes);
    } catch (PersistenceException refused) {
      assertThat(model.write(List.of(command), model.claims()))
          .containsExactly(Told.WRITTEN_BEFORE);
    }
  }

  private List<RunOutcome> journal(List<RunCommand> commands) {
    List<RunOutcome> outcomes = node.bean(RunJournal.class).write(commands);
    told(outcomes).forEach(words -> answers.add(words.replaceAll("[0-9]+", "n")));
    return outcomes;
  }

  private static List<String> told(List<RunOutcome> outcomes) {
    return outcomes.stream().map(Told::of).toList();
  }

  private String apply(LedgerCommand command) {
    ledger.apply(command).orThrow();
    return DONE;
  }

  private String refund(long runId) {
    node.bean(UsageRefund.class).refund(runId, "an apology");
    return DONE;
  }

  private void happens(Ending ending, Supplier<String> really, Supplier<Boolean> inModel) {
    happens(ending, false, really, inModel);
  }

  /**
   * @param isJudgedBehindLocks whether nothing that another node does comes in between
   */
  private void happens(
      Ending ending,
      boolean isJudgedBehindLocks,
      Supplier<String> really,
      Supplier<Boolean> inModel) {
    transactions.nextEnds(ending);
    try {
      String told = really.get();
      assertThat(inModel.get() ? DONE : "ConflictProblem").isEqualTo(told);
    } catch (Problem refusal) {
      // It may have been judged by what was before the other node came in between.
      if (isJudgedBehindLocks || !interruption.happened()) {
        assertThat(inModel.get()).as("done, not %s", refusal.toString()).isFalse();
      }
    } catch (NodeDied death) {
      if (ending == Ending.DIES_AFTER_COMMIT) {
        inModel.get();
      }
    } catch (AnswerLost unknown) {
      inModel.get();
    } catch (PersistenceException failure) {
      if (!interruption.happened()) {
        throw failure;
      }
      happens(Ending.COMMITTED, isJudgedBehindLocks, really, inModel);
    }
  }
}
