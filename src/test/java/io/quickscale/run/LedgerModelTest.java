package io.quickscale.run;

import static io.quickscale.node.Interruption.Moment.ABOUT_TO_LOCK;
import static io.quickscale.node.Interruption.Moment.BETWEEN_TRANSACTIONS;
import static io.quickscale.node.Interruption.Moment.KEYS_READ;
import static io.quickscale.node.Transactions.Ending.COMMITTED;
import static io.quickscale.node.Transactions.Ending.DIES_AFTER_COMMIT;
import static io.quickscale.node.Transactions.Ending.DIES_BEFORE_COMMIT;
import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.credit.CreditBeans;
import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.GrantKind;
import io.quickscale.db.TransactionLimits;
import io.quickscale.node.Interruption;
import io.quickscale.node.Node;
import io.quickscale.platform.Ids;
import io.quickscale.run.Step.Answering;
import io.quickscale.run.Step.Expire;
import io.quickscale.run.Step.Extend;
import io.quickscale.run.Step.Finish;
import io.quickscale.run.Step.Give;
import io.quickscale.run.Step.Meanwhile;
import io.quickscale.run.Step.Pass;
import io.quickscale.run.Step.Refund;
import io.quickscale.run.Step.Start;
import io.quickscale.run.Step.Sweep;
import io.quickscale.run.Step.Write;
import io.quickscale.run.UsageHistory.Summary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCollector;

/**
 * Whatever happens to runs and credits, in whatever order, with crashes and other nodes in between:
 * the ledger on a database says what {@link LedgerModel} says, after every single step.
 */
abstract class LedgerModelTest {
  private static final Logger SWEEP_LOG = Logger.getLogger(RunSweep.class.getName());

  static {
    // Overdue runs and races that are lost are what these tests are about.
    SWEEP_LOG.setLevel(Level.OFF);
  }

  private static final Step GIVEN = new Give(COMMITTED, 1, GrantKind.ADMIN, 0, 7, null);
  private static final Start START = new Start(1, 4, false, 1, "a", "x");
  private static final Step RUN = Write.of(START);
  private static final Step FINISHED = Write.of(new Finish(0, true, 50));
  private static final Step RUN_AGAIN = Write.of(new Start(1, 2, false, 1, "b", "x"));
  private static final Step INNER_FREE = Write.of(Start.within(0, 0));
  private static final Step INNER = Write.of(Start.within(2, 0));
  private static final Step OUTER_FINISHED = Write.of(new Finish(1, true, 50));
  private static final Step OUTER_FAILED = Write.of(new Finish(1, false, 0));
  private static final Step REFUNDED = new Refund(COMMITTED, 0);

  /** A node on the database under test. */
  abstract Node node();

  /** The statement that a transaction needs before it may empty the tables. */
  Optional<String> permissionToDelete() {
    return Optional.empty();
  }

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void theDatabaseAgreesWithTheModelAfterEveryStep(@ForAll("stories") List<Step> steps) {
    Set<String> answers = tellOrShorten(steps);
    // Statistics without entries cannot be reported: that would hide the story that goes wrong.
    if (!answers.isEmpty()) {
      StatisticsCollector told = Statistics.label("callers are told");
      answers.forEach(told::collect);
      checkThatStoriesAreNotDull(told);
    }
  }

  /**
   * For a database that is told so many stories that together they must have had everything:
   * otherwise agreeing on them says little. Few stories may lack something by chance.
   */
  void checkThatStoriesAreNotDull(StatisticsCollector told) {}

  // What random stories came down to when the code was broken, by hand or by mistake.

  @Example
  void aRunThatIsEndedAgainIsChargedOnce() {
    tell(GIVEN, RUN, FINISHED, FINISHED);
  }

  @Example
  void aRunThatIsEndedAgainAsAFailureIsNotGivenBack() {
    tell(GIVEN, RUN, FINISHED, Write.of(new Finish(0, false, 0)));
  }

  @Example
  void aRunWithoutAPriceIsEndedOnce() {
    tell(Write.of(new Start(1, 0, false, 1, "a", "x")), FINISHED, FINISHED);
  }

  @Example
  void whatARunDidNotCostCanBeSpentAgain() {
    tell(GIVEN, RUN, FINISHED, Write.of(new Start(1, 5, false, 1, null, "x")));
  }

  @Example
  void aRunThatEndsAtTheLastMomentIsNotGivenUp() {
    tell(GIVEN, RUN, new Pass(1), new Meanwhile(ABOUT_TO_LOCK, FINISHED, new Sweep()));
  }

  @Example
  void aRunThatEndsWhenTheSweeperHasFoundItIsNotGivenUp() {
    tell(GIVEN, RUN, new Pass(1), new Meanwhile(BETWEEN_TRANSACTIONS, FINISHED, new Sweep()));
  }

  @Example
  void aRunWithoutAPriceThatEndsWhenTheSweeperHasFoundItIsNotGivenUp() {
    Step free = Write.of(new Start(1, 0, false, 1, "a", "x"));
    tell(free, new Pass(1), new Meanwhile(BETWEEN_TRANSACTIONS, FINISHED, new Sweep()));
  }

  @Example
  void aRunThatIsGivenUpCannotEndAnyMore() {
    tell(GIVEN, RUN, new Pass(1), new Meanwhile(ABOUT_TO_LOCK, new Sweep(), FINISHED));
  }

  @Example
  void aNodeThatDiesBeforeItsCommitHasClaimedNoKey() {
    tell(GIVEN, new Write(DIES_BEFORE_COMMIT, List.of(START)), RUN);
  }

  @Example
  void aNodeThatDiesAfterItsCommitKeepsTheKeyUntilTheRunIsGivenUp() {
    Step retry = Write.of(new Start(1, 1, false, 1, "a", "x"));
    tell(
        GIVEN,
        new Write(DIES_AFTER_COMMIT, List.of(START)),
        retry,
        new Pass(1),
        new Sweep(),
        retry);
  }

  @Example
  void aKeyThatAnotherNodeClaimsMeanwhileStopsOneRunOfABatch() {
    Start neighbour = new Start(2, 0, false, 1, null, "x");
    tell(GIVEN, new Meanwhile(KEYS_READ, RUN, Write.of(START, neighbour)));
  }

  @Example
  void aRunIsRefundedOnce() {
    tell(GIVEN, RUN, FINISHED, REFUNDED, REFUNDED);
  }

  @Example
  void aRunThatTwoNodesRefundAtOnceIsRefundedOnce() {
    tell(GIVEN, RUN, FINISHED, new Meanwhile(ABOUT_TO_LOCK, REFUNDED, REFUNDED));
  }

  @Example
  void aRunThatTwoNodesEndAtOnceIsChargedOnce() {
    tell(GIVEN, RUN, new Meanwhile(ABOUT_TO_LOCK, FINISHED, FINISHED));
  }

  @Example
  void twoNodesDoNotBothStartTheLastRunThatALimitAllows() {
    Step limited = Write.of(new Start(1, 1, true, 3, null, "x"));
    tell(GIVEN, limited, new Meanwhile(ABOUT_TO_LOCK, limited, limited));
  }

  @Example
  void anInnerRunIsPaidBesideItsOuterOne() {
    tell(GIVEN, RUN, INNER, FINISHED, OUTER_FINISHED);
  }

  @Example
  void anOuterRunThatFailsForNothingGivesBackWhatItsInnerRunsCost() {
    tell(GIVEN, RUN, INNER, FINISHED, OUTER_FAILED, OUTER_FAILED);
  }

  @Example
  void anInnerRunOfAnInnerRunIsGivenBackToo() {
    Step innermost = Write.of(Start.within(1, 0));
    Step outerFailed = Write.of(new Finish(2, false, 0));
    tell(GIVEN, RUN, INNER, innermost, FINISHED, Write.of(new Finish(1, true, 100)), outerFailed);
  }

  @Example
  void anInnerRunThatAnAttemptPaidForInVainIsGivenBack() {
    tell(GIVEN, RUN, INNER, FINISHED, Write.of(new Finish(1, true, 0)));
  }

  @Example
  void anInnerRunThatStillGoesOnIsGivenUpWithItsOuterOne() {
    tell(GIVEN, RUN, INNER, OUTER_FINISHED, FINISHED);
  }

  @Example
  void whatIsPaidWithinTwoRunsThatFailInOneBatchIsGivenBackOnce() {
    Step innermost = Write.of(Start.within(1, 0));
    Step innermostPaid = Write.of(new Finish(0, true, 100));
    Step bothFail = Write.of(new Finish(1, false, 0), new Finish(2, false, 0));
    tell(GIVEN, RUN, FINISHED, RUN_AGAIN, INNER_FREE, innermost, innermostPaid, bothFail);
  }

  @Example
  void whatGoesOnWithinTwoRunsThatEndInOneBatchIsGivenUpOnce() {
    Step innermost = Write.of(Start.within(1, 0));
    Step bothEnd = Write.of(new Finish(1, true, 100), new Finish(2, true, 100));
    tell(GIVEN, RUN, INNER, innermost, bothEnd);
  }

  @Example
  void anInnerRunThatIsGivenUpWithItsOuterOneKeepsNothingOfWhatItOrdered() {
    Step innermost = Write.of(Start.within(1, 0));
    Step innermostPaid = Write.of(new Finish(0, true, 100));
    Step outerPaid = Write.of(new Finish(2, true, 100));
    tell(GIVEN, RUN, INNER, innermost, innermostPaid, outerPaid);
  }

  @Example
  void anInnerRunThatEndsInTheBatchOfItsOuterOneIsPaid() {
    tell(GIVEN, RUN, INNER, Write.of(new Finish(1, true, 100), new Finish(0, true, 100)));
  }

  @Example
  void nothingStartsWithinARunThatEndsWithItsOuterOneInThatMoment() {
    Step outermostEnds = Write.of(new Finish(1, true, 100), Start.within(1, 0));
    tell(GIVEN, RUN, INNER, outermostEnds);
  }

  @Example
  void anOrderOfManyRunsHoldsForAllOrForNone() {
    Start five = new Start(1, 2, false, 1, "a", "x", null, 3);
    tell(GIVEN, Write.of(five), Write.of(new Start(1, 1, false, 1, "b", "x", null, 2)));
  }

  @Example
  void theRunsOfAnOrderEndOneByOneAndItsAnswerIsKeptOnce() {
    Step again = Write.of(new Start(1, 2, false, 1, "a", "x", null, 3));
    tell(
        GIVEN,
        again,
        Write.of(new Finish(2, true, 100), new Finish(0, false, 0)),
        again,
        Write.of(new Finish(1, true, 50), new Answering(0)),
        again);
  }

  @Example
  void anOrderOfWhichARunWasPaidIsNotDoneAgainUnderItsKey() {
    Step order = Write.of(new Start(1, 2, false, 1, "a", "x", null, 2));
    tell(GIVEN, order, FINISHED, new Pass(1), new Sweep(), order);
  }

  @Example
  void anOrderOfWhichNothingWasPaidCanBeDoneAgainUnderItsKey() {
    Step order = Write.of(new Start(1, 2, false, 1, "a", "x", null, 2));
    tell(GIVEN, order, Write.of(new Finish(0, false, 0)), new Pass(1), new Sweep(), order);
  }

  @Example
  void aLateAnswerDoesNotReplaceThatOfTheOrderThatHasItsKeyNow() {
    Step order = Write.of(new Start(1, 2, false, 1, "a", "x", null, 2));
    Step lateAnswer = Write.of(new Answering(2));
    tell(GIVEN, order, new Pass(1), new Sweep(), order, lateAnswer, Write.of(new Answering(0)));
  }

  @Example
  void anOrderThatIsExtendedIsNotGivenUpAtItsFirstDeadline() {
    Step order = Write.of(new Start(1, 2, false, 1, "a", "x", null, 2));
    tell(GIVEN, order, Write.of(new Extend(0, 5)), new Pass(1), new Sweep(), FINISHED);
    tell(GIVEN, order, Write.of(new Extend(0, 5)), new Pass(5), new Sweep(), FINISHED);
  }

  @Example
  void anOrderThatIsExtendedWhenTheSweeperHasFoundItIsNotGivenUp() {
    Step extended = Write.of(new Extend(0, 5));
    Step late = new Meanwhile(BETWEEN_TRANSACTIONS, extended, new Sweep());
    tell(GIVEN, RUN, new Pass(1), late, FINISHED);
  }

  @Example
  void anOrderThatHasEndedCannotBeExtended() {
    tell(GIVEN, RUN, FINISHED, Write.of(new Extend(0, 5)));
  }

  @Example
  void anOrderOfMoreRunsThanAServiceTakesAtATimeIsRefusedWhole() {
    tell(GIVEN, Write.of(new Start(1, 1, true, 1, "a", "x", null, 3)));
  }

  @Example
  void aNodeThatDiesBetweenAnInnerRunAndTheEndOfItsOuterOneChargesNothing() {
    tell(GIVEN, RUN, INNER, FINISHED, new Pass(1), new Sweep());
  }

  @Example
  void anInnerRunDoesNotStartInARunThatHasBeenGivenUp() {
    tell(GIVEN, RUN, new Pass(1), new Sweep(), INNER);
  }

  @Example
  void anInnerRunDoesNotStartInARunThatIsGivenUpAtThatMoment() {
    tell(GIVEN, RUN, new Pass(1), new Meanwhile(ABOUT_TO_LOCK, new Sweep(), INNER));
  }

  @Example
  void anOuterRunThatEndsAtTheLastMomentKeepsItsInnerRuns() {
    Step sweep = new Meanwhile(BETWEEN_TRANSACTIONS, OUTER_FINISHED, new Sweep());
    tell(GIVEN, RUN, INNER, FINISHED, new Pass(1), sweep);
  }

  @Example
  void anOuterRunThatIsGivenUpAtTheLastMomentCannotKeepItsInnerRuns() {
    Step late = new Meanwhile(ABOUT_TO_LOCK, new Sweep(), OUTER_FINISHED);
    tell(GIVEN, RUN, INNER, FINISHED, new Pass(1), late);
  }

  @Example
  void anInnerRunThatStartsWhenItsOuterOneIsGivenUpIsGivenUpWithIt() {
    node().bean(LedgerRows.class).delete(permissionToDelete());
    Story story = new Story(node(), Stories.ACCOUNTS);
    List.of(GIVEN, RUN, new Pass(1)).forEach(story::tell);
    RunJournal journal = node().bean(RunJournal.class);

    // Not by a sweep: it would look again, and find the inner one overdue as well.
    node().bean(Interruption.class).at(ABOUT_TO_LOCK, () -> INNER.happen(story));
    journal
        .overdue(Optional.empty(), 1)
        .forEach(run -> journal.write(List.of(new RunCommand.Abandon(run))));

    assertThat(node().bean(LedgerRows.class).facts()).noneMatch(fact -> fact.contains("goes on"));
  }

  @Example
  void aRunThatTwoCommandsOfABatchAreToEndEndsOnce() {
    node().bean(LedgerRows.class).delete(permissionToDelete());
    Story story = new Story(node(), Stories.ACCOUNTS);
    List.of(GIVEN, RUN, RUN_AGAIN, new Pass(1)).forEach(story::tell);
    RunJournal journal = node().bean(RunJournal.class);
    OpenRun run = journal.overdue(Optional.empty(), 1).get(0);
    RunCommand finish =
        new RunCommand.Finish(run, RunEnd.succeeded("", run.price(), 1), Optional.empty());

    List<RunOutcome> told = journal.write(List.of(finish, finish, new RunCommand.Abandon(run)));

    assertThat(told.stream().map(Told::of))
        .containsExactly("run 1 cost 4, 1 left", "run 1 cost 4, 1 left", "ConflictProblem");
    story.audit();
  }

  @Example
  void theRefundOfARunGivesBackWhatIsLeftAlthoughAnInnerRunIsRefundedAtThatMoment() {
    Step both = new Meanwhile(ABOUT_TO_LOCK, REFUNDED, new Refund(COMMITTED, 1));
    tell(GIVEN, RUN, INNER, FINISHED, OUTER_FINISHED, both);
  }

  @Example
  void theRefundOfARunGivesBackItsInnerRunsAndEachOnce() {
    Step outerRefunded = new Refund(COMMITTED, 1);
    tell(GIVEN, RUN, INNER, FINISHED, OUTER_FINISHED, REFUNDED, outerRefunded, outerRefunded);
    tell(GIVEN, RUN, INNER, FINISHED, OUTER_FINISHED, outerRefunded, REFUNDED);
  }

  @Example
  void aSummaryAddsUpMoreThanOneAmountCanBe() {
    LedgerRows rows = node().bean(LedgerRows.class);
    rows.delete(permissionToDelete());
    long account = node().bean(CreditLedger.class).openAccount();
    for (int i = 1; i <= 3; i++) {
      rows.insertRun(Ids.from(LedgerModel.START) + i, account, Long.MAX_VALUE);
    }

    List<Summary> all =
        node()
            .bean(UsageHistory.class)
            .summary(account, LedgerModel.START, LedgerModel.START.plusDays(1), false, true);

    assertThat(all)
        .singleElement()
        .satisfies(
            sum -> {
              assertThat(sum.credits()).hasToString("27670116110564.327421");
              assertThat(sum.runs()).isEqualTo(3);
              assertThat(sum.service()).contains("dear");
            });
  }

  @Example
  void verifyingFindsACostThatNobodyWasChargedAndAChargeThatNoRunSaysItCost() {
    LedgerRows rows = node().bean(LedgerRows.class);
    rows.delete(permissionToDelete());
    Story story = new Story(node(), Stories.ACCOUNTS);
    List.of(GIVEN, RUN, FINISHED).forEach(story::tell);
    long account = node().bean(CreditLedger.class).openAccount();
    rows.insertRun(50, account, 7);
    rows.insertCharge(51, account, 9);

    List<Discrepancy> found = new ArrayList<>();
    node().bean(UsageVerification.class).checkAfter(Long.MIN_VALUE, found);
    assertThat(found)
        .containsExactlyInAnyOrder(
            Discrepancy.ofMicros(account, "usage_cost", 50, BigDecimal.valueOf(7), ZERO),
            Discrepancy.ofMicros(account, "run_charge", 50, BigDecimal.valueOf(7), ZERO),
            Discrepancy.ofMicros(account, "run_charge", 51, ZERO, BigDecimal.valueOf(9)));
  }

  @Example
  void aGrantDoesNotPayAtTheMomentOfItsExpiry() {
    tell(new Give(COMMITTED, 1, GrantKind.ADMIN, 0, 4, 1L), new Pass(1), RUN, new Expire());
  }

  @Provide
  Arbitrary<List<Step>> stories() {
    return Stories.upTo(40);
  }

  private Set<String> tellOrShorten(List<Step> steps) {
    try {
      return tell(steps);
    } catch (RuntimeException | AssertionError failure) {
      List<Step> shortest = Shortening.of(steps, story -> failure(story).isPresent());
      throw new AssertionError(
          "The shortest story that goes wrong: " + shortest, failure(shortest).orElse(failure));
    }
  }

  private Optional<Throwable> failure(List<Step> steps) {
    try {
      tell(steps);
      return Optional.empty();
    } catch (RuntimeException | AssertionError failure) {
      return Optional.of(failure);
    }
  }

  private void tell(Step... steps) {
    tell(List.of(steps));
  }

  /** Tells a story on empty tables, audits it at the end, and returns what callers were told. */
  private Set<String> tell(List<Step> steps) {
    node().bean(LedgerRows.class).delete(permissionToDelete());
    Story story = new Story(node(), Stories.ACCOUNTS);
    steps.forEach(story::tell);
    story.audit();
    return story.answers();
  }

  /** Starts a node with the ledger and everything that writes runs. */
  static Node start(DataSource dataSource, String url) {
    return Node.start(
        dataSource,
        url,
        Stream.concat(
                Stream.of(CreditBeans.all()),
                Stream.of(
                    RunJournal.class,
                    TransactionLimits.class,
                    Objections.class,
                    OpenRuns.class,
                    UsageTable.class,
                    IdempotencyRecords.class,
                    RunFamilies.class,
                    UsageRefund.class,
                    UsageHistory.class,
                    UsageVerification.class,
                    RunSweep.class,
                    IdempotencySweep.class,
                    LedgerRows.class))
            .toArray(Class<?>[]::new));
  }
}
