package io.quickscale.credit;

import static io.quickscale.credit.GrantKind.ADMIN;
import static io.quickscale.credit.GrantKind.PAY_AS_YOU_GO;
import static io.quickscale.credit.GrantKind.SUBSCRIPTION;
import static io.quickscale.credit.MemoryLedger.START;
import static io.quickscale.credit.MemoryLedger.credits;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.credit.LedgerCommand.Refund;
import io.quickscale.credit.LedgerCommand.Wanted;
import io.quickscale.credit.LedgerOutcome.Applied;
import io.quickscale.credit.LedgerOutcome.Held;
import io.quickscale.credit.LedgerOutcome.Refused;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.NotFoundProblem;
import io.quickscale.problem.Problem;
import io.quickscale.service.InsufficientCreditsException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccountBookTest {
  private static final long GRANT = 1;
  private static final long OTHER_GRANT = 2;
  private static final long RUN = 501;
  private static final long OTHER_RUN = 502;
  private static final OffsetDateTime TOMORROW = START.plusDays(1);

  private final MemoryLedger ledger = new MemoryLedger();

  @Nested
  class AGrant {
    @Test
    void canBeSpentAtOnceAndIsInTheLedger() {
      Applied given = ledger.give(GRANT, ADMIN, "10");

      assertThat(given.moved()).isEqualTo(credits("10"));
      assertThat(given.available()).isEqualTo(credits("10"));
      assertThat(ledger.grant(GRANT).amount()).isEqualTo(credits("10"));
      assertThat(ledger.history(GRANT)).containsExactly("grant 10");
      assertThat(ledger.rows.get(0).description()).isEqualTo("a gift");
      assertThat(ledger.rows.get(0).createdAt()).isEqualTo(START);
    }

    @Test
    void addsToWhatIsThere() {
      ledger.give(GRANT, ADMIN, "10");

      assertThat(ledger.give(OTHER_GRANT, SUBSCRIPTION, "5").available()).isEqualTo(credits("15"));
    }
  }

  @Nested
  class AHold {
    @Test
    void setsCreditsAsideWithoutChargingThem() {
      ledger.give(GRANT, ADMIN, "10");

      Applied held = ledger.placeHold(RUN, "4").orThrow();

      assertThat(held.shares()).containsExactly(new GrantShare(GRANT, ADMIN, credits("4")));
      assertThat(held.available()).isEqualTo(credits("6"));
      assertThat(ledger.grant(GRANT).held()).isEqualTo(credits("4"));
      assertThat(ledger.holds.get(RUN).held()).isEqualTo(credits("4"));
      assertThat(ledger.history(GRANT)).containsExactly("grant 10");
    }

    @Test
    void canTakeTheLastMicroCredit() {
      ledger.give(GRANT, ADMIN, "10");

      assertThat(ledger.placeHold(RUN, "10").orThrow().available()).isEqualTo(Credits.ZERO);
    }

    @Test
    void thatDoesNotFitIsRefusedWithWhatIsMissing() {
      ledger.give(GRANT, ADMIN, "10");

      Problem refusal = refusalOf(() -> ledger.placeHold(RUN, "10.000001"));

      assertThat(refusal).isInstanceOf(InsufficientCreditsException.class);
      assertThat(refusal.members())
          .containsEntry("required_credits", new BigDecimal("10.000001"))
          .containsEntry("available_credits", new BigDecimal("10"))
          .containsEntry("shortfall", new BigDecimal("0.000001"));
    }

    @Test
    void cannotUseWhatAnotherHoldHasSetAside() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.placeHold(RUN, "8").orThrow();

      assertThat(refusalOf(() -> ledger.placeHold(OTHER_RUN, "3")))
          .isInstanceOf(InsufficientCreditsException.class);
      assertThat(ledger.placeHold(OTHER_RUN, "2").orThrow().available()).isEqualTo(Credits.ZERO);
    }

    @Test
    void ofManyRunsIsOneForEach() {
      ledger.give(GRANT, SUBSCRIPTION, "5");
      ledger.give(OTHER_GRANT, ADMIN, "5");

      Held held =
          (Held)
              ledger.placeHolds(new Wanted(RUN, credits("4")), new Wanted(OTHER_RUN, credits("3")));

      assertThat(held.holds())
          .containsExactly(
              new Hold(
                  MemoryLedger.ACCOUNT,
                  RUN,
                  List.of(new GrantShare(GRANT, SUBSCRIPTION, credits("4")))),
              new Hold(
                  MemoryLedger.ACCOUNT,
                  OTHER_RUN,
                  List.of(
                      new GrantShare(GRANT, SUBSCRIPTION, credits("1")),
                      new GrantShare(OTHER_GRANT, ADMIN, credits("2")))));
      assertThat(held.available()).isEqualTo(credits("3"));
    }

    @Test
    void ofManyRunsThatDoNotAllFitSetsNothingAside() {
      ledger.give(GRANT, ADMIN, "10");

      Problem refusal =
          ((Refused)
                  ledger.placeHolds(
                      new Wanted(RUN, credits("6")), new Wanted(OTHER_RUN, credits("5"))))
              .problem();

      assertThat(refusal.members()).containsEntry("required_credits", new BigDecimal("11"));
      assertThat(ledger.available()).isEqualTo(credits("10"));
      assertThat(ledger.holds).isEmpty();
    }

    @Test
    void ofMoreThanCanBeCountedIsRefused() {
      ledger.give(GRANT, ADMIN, "10");
      Credits most = Credits.ofMicros(Long.MAX_VALUE);

      assertThat(ledger.placeHolds(new Wanted(RUN, most), new Wanted(OTHER_RUN, most)))
          .isInstanceOfSatisfying(
              Refused.class,
              refused ->
                  assertThat(refused.problem()).isInstanceOf(InsufficientCreditsException.class));
    }

    @Test
    void cannotUseAGrantAtTheVeryMomentOfItsExpiry() {
      ledger.give(GRANT, ADMIN, "10", TOMORROW);
      ledger.now = TOMORROW;

      assertThat(refusalOf(() -> ledger.placeHold(RUN, "1")))
          .isInstanceOf(InsufficientCreditsException.class);
    }

    @Test
    void canUseAGrantJustBeforeItsExpiry() {
      ledger.give(GRANT, ADMIN, "10", TOMORROW);
      ledger.now = TOMORROW.minusNanos(1000);

      assertThat(ledger.placeHold(RUN, "10").orThrow().available()).isEqualTo(Credits.ZERO);
    }

    @Test
    void ofNothingIsPossibleWithoutAnyCredits() {
      assertThat(ledger.placeHold(RUN, "0").orThrow().shares()).isEmpty();
      assertThat(ledger.settle(RUN, "0").orThrow().shares()).isEmpty();
      assertThat(ledger.rows).isEmpty();
    }
  }

  @Nested
  class ASettle {
    @Test
    void chargesWhatWasHeld() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.placeHold(RUN, "4").orThrow();

      Applied paid = ledger.settle(RUN, "4").orThrow();

      assertThat(paid.shares()).containsExactly(new GrantShare(GRANT, ADMIN, credits("4")));
      assertThat(paid.available()).isEqualTo(credits("6"));
      assertThat(ledger.grant(GRANT).held()).isEqualTo(Credits.ZERO);
      assertThat(ledger.history(GRANT)).containsExactly("grant 10", "charge -4");
      assertThat(ledger.rows.get(1).usageId()).contains(RUN);
    }

    @Test
    void ofLessThanIsHeldReturnsTheRest() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.placeHold(RUN, "8").orThrow();

      Applied paid = ledger.settle(RUN, "3").orThrow();

      assertThat(paid.moved()).isEqualTo(credits("3"));
      assertThat(paid.available()).isEqualTo(credits("7"));
      assertThat(ledger.grant(GRANT).held()).isEqualTo(Credits.ZERO);
      assertThat(ledger.history(GRANT)).containsExactly("grant 10", "charge -3");
    }

    @Test
    void ofLessThanIsHeldReturnsTheRestToTheGrantsThatPayLast() {
      ledger.give(GRANT, SUBSCRIPTION, "5");
      ledger.give(OTHER_GRANT, PAY_AS_YOU_GO, "15");
      ledger.placeHold(RUN, "20").orThrow();

      Applied paid = ledger.settle(RUN, "4").orThrow();

      assertThat(paid.shares()).containsExactly(new GrantShare(GRANT, SUBSCRIPTION, credits("4")));
      assertThat(ledger.grant(GRANT).remaining()).isEqualTo(credits("1"));
      assertThat(ledger.grant(OTHER_GRANT).remaining()).isEqualTo(credits("15"));
      assertThat(ledger.history(OTHER_GRANT)).containsExactly("grant 15");
    }

    @Test
    void ofNothingReturnsEverythingAndWritesNoCharge() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.placeHold(RUN, "8").orThrow();

      assertThat(ledger.settle(RUN, "0").orThrow().available()).isEqualTo(credits("10"));
      assertThat(ledger.history(GRANT)).containsExactly("grant 10");
    }

    @Test
    void ofMoreThanIsHeldIsRefused() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.placeHold(RUN, "4").orThrow();

      assertThat(refusalOf(() -> ledger.settle(RUN, "4.000001")))
          .isInstanceOf(ConflictProblem.class)
          .hasMessage("A run cannot cost more than was held for it.");
    }

    @Test
    void chargesAHoldWhoseGrantHasExpiredSince() {
      ledger.give(GRANT, ADMIN, "10", TOMORROW);
      ledger.placeHold(RUN, "8").orThrow();
      ledger.now = TOMORROW;

      Applied paid = ledger.settle(RUN, "3").orThrow();

      assertThat(paid.moved()).isEqualTo(credits("3"));
      assertThat(paid.available()).isEqualTo(Credits.ZERO);
    }

    @Test
    void chargesAHoldWhoseGrantWasVoidedSinceAndTheRestIsVoidToo() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.placeHold(RUN, "8").orThrow();
      ledger.voidGrant(GRANT).orThrow();

      ledger.settle(RUN, "3").orThrow();

      assertThat(ledger.available()).isEqualTo(Credits.ZERO);
      assertThat(ledger.grant(GRANT).remaining()).isEqualTo(Credits.ZERO);
      assertThat(ledger.history(GRANT))
          .containsExactlyInAnyOrder("grant 10", "void -2", "void -5", "charge -3");
    }
  }

  @Nested
  class ARelease {
    @Test
    void givesAllOfTheHoldBackWithoutATrace() {
      ledger.give(GRANT, SUBSCRIPTION, "5");
      ledger.give(OTHER_GRANT, PAY_AS_YOU_GO, "15");
      ledger.placeHold(RUN, "12").orThrow();

      Applied released = ledger.release(RUN).orThrow();

      assertThat(released.moved()).isEqualTo(credits("12"));
      assertThat(released.available()).isEqualTo(credits("20"));
      assertThat(ledger.grant(GRANT).held()).isEqualTo(Credits.ZERO);
      assertThat(ledger.rows).hasSize(2);
    }

    @Test
    void intoAVoidedGrantIsVoidAtOnce() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.placeHold(RUN, "4").orThrow();
      ledger.voidGrant(GRANT).orThrow();

      assertThat(ledger.release(RUN).orThrow().available()).isEqualTo(Credits.ZERO);
      assertThat(ledger.grant(GRANT).remaining()).isEqualTo(Credits.ZERO);
      assertThat(ledger.history(GRANT)).containsExactly("grant 10", "void -6", "void -4");
    }

    @Test
    void intoAnExpiredGrantCannotBeSpentAndIsWrittenOffByTheNextSweep() {
      ledger.give(GRANT, ADMIN, "10", TOMORROW);
      ledger.placeHold(RUN, "4").orThrow();
      ledger.now = TOMORROW;
      ledger.expire().orThrow();

      assertThat(ledger.release(RUN).orThrow().available()).isEqualTo(Credits.ZERO);
      assertThat(ledger.expire().orThrow().moved()).isEqualTo(credits("4"));
      assertThat(ledger.history(GRANT)).containsExactly("grant 10", "expiry -6", "expiry -4");
    }
  }

  @Nested
  class AVoid {
    @Test
    void takesBackWhatIsLeftAndSaysWhy() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.spend(RUN, "4");

      Applied voided = ledger.voidGrant(GRANT).orThrow();

      assertThat(voided.moved()).isEqualTo(credits("6"));
      assertThat(voided.available()).isEqualTo(Credits.ZERO);
      assertThat(ledger.grant(GRANT).isVoided()).isTrue();
      assertThat(ledger.history(GRANT)).containsExactly("grant 10", "charge -4", "void -6");
      assertThat(ledger.rows.get(2).description()).isEqualTo("a mistake");
    }

    @Test
    void leavesOtherGrantsAlone() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.give(OTHER_GRANT, ADMIN, "5");

      assertThat(ledger.voidGrant(GRANT).orThrow().available()).isEqualTo(credits("5"));
    }

    @Test
    void leavesWhatIsHeldToTheRun() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.placeHold(RUN, "4").orThrow();

      assertThat(ledger.voidGrant(GRANT).orThrow().moved()).isEqualTo(credits("6"));
      assertThat(ledger.grant(GRANT).held()).isEqualTo(credits("4"));
      assertThat(ledger.settle(RUN, "4").orThrow().moved()).isEqualTo(credits("4"));
    }

    @Test
    void canHappenOnce() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.voidGrant(GRANT).orThrow();

      assertThat(refusalOf(() -> ledger.voidGrant(GRANT)))
          .isInstanceOf(ConflictProblem.class)
          .hasMessage("The grant has been voided already.");
    }

    @Test
    void ofASpentGrantMovesNothingButCounts() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.spend(RUN, "10");

      assertThat(ledger.voidGrant(GRANT).orThrow().moved()).isEqualTo(Credits.ZERO);
      assertThat(ledger.grant(GRANT).isVoided()).isTrue();
    }

    @Test
    void ofAnExpiredGrantIsRefusedBeforeAndAfterItsExpiryIsWritten() {
      ledger.give(GRANT, ADMIN, "10", TOMORROW);
      ledger.now = TOMORROW;

      assertThat(refusalOf(() -> ledger.voidGrant(GRANT)))
          .isInstanceOf(ConflictProblem.class)
          .hasMessageContaining("has expired");
      assertThat(ledger.expire().orThrow().moved()).isEqualTo(credits("10"));
      assertThat(refusalOf(() -> ledger.voidGrant(GRANT))).isInstanceOf(ConflictProblem.class);
      assertThat(ledger.grant(GRANT).isVoided()).isFalse();
      assertThat(ledger.history(GRANT)).containsExactly("grant 10", "expiry -10");
    }

    @Test
    void ofAnUnknownGrantIsRefused() {
      assertThat(refusalOf(() -> ledger.voidGrant(99))).isInstanceOf(NotFoundProblem.class);
    }
  }

  @Nested
  class ARefund {
    @Test
    void ofARunThatCostNothingIsRefused() {
      assertThat(
              refusalOf(() -> ledger.apply(new Refund(MemoryLedger.ACCOUNT, RUN, List.of(), ""))))
          .isInstanceOf(ConflictProblem.class)
          .hasMessageContaining("nothing to give back");
    }

    @Test
    void givesBackWhatTheRunCostToTheGrantsThatPaid() {
      ledger.give(GRANT, SUBSCRIPTION, "5");
      ledger.give(OTHER_GRANT, PAY_AS_YOU_GO, "15");
      ledger.spend(RUN, "8");

      Applied refunded = ledger.refund(RUN).orThrow();

      assertThat(refunded.moved()).isEqualTo(credits("8"));
      assertThat(refunded.available()).isEqualTo(credits("20"));
      assertThat(ledger.grant(GRANT).remaining()).isEqualTo(credits("5"));
      assertThat(ledger.grant(OTHER_GRANT).remaining()).isEqualTo(credits("15"));
      assertThat(ledger.history(OTHER_GRANT)).containsExactly("grant 15", "charge -3", "refund 3");
    }

    @Test
    void givesBackWhatWasChargedNotWhatWasHeld() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.placeHold(RUN, "8").orThrow();
      ledger.settle(RUN, "3").orThrow();

      assertThat(ledger.refund(RUN).orThrow().moved()).isEqualTo(credits("3"));
      assertThat(ledger.available()).isEqualTo(credits("10"));
    }

    @Test
    void doesNotReviveAVoidedGrant() {
      ledger.give(GRANT, ADMIN, "10");
      ledger.spend(RUN, "4");
      ledger.voidGrant(GRANT).orThrow();

      assertThat(ledger.refund(RUN).orThrow().available()).isEqualTo(Credits.ZERO);
      assertThat(ledger.grant(GRANT).remaining()).isEqualTo(Credits.ZERO);
      assertThat(ledger.history(GRANT))
          .containsExactly("grant 10", "charge -4", "void -6", "refund 4", "void -4");
    }

    @Test
    void doesNotReviveAnExpiredGrant() {
      ledger.give(GRANT, ADMIN, "10", TOMORROW);
      ledger.spend(RUN, "4");
      ledger.now = TOMORROW;
      ledger.expire().orThrow();

      assertThat(ledger.refund(RUN).orThrow().available()).isEqualTo(Credits.ZERO);
      assertThat(ledger.grant(GRANT).remaining()).isEqualTo(Credits.ZERO);
      assertThat(ledger.history(GRANT))
          .containsExactly("grant 10", "charge -4", "expiry -6", "refund 4", "expiry -4");
    }
  }

  @Nested
  class AnExpiry {
    @Test
    void takesWhatIsLeftOfTheExpiredGrantsAndNothingElse() {
      ledger.give(GRANT, SUBSCRIPTION, "10", TOMORROW);
      ledger.give(OTHER_GRANT, PAY_AS_YOU_GO, "5");
      ledger.spend(RUN, "4");
      ledger.now = TOMORROW;

      Applied expired = ledger.expire().orThrow();

      assertThat(expired.shares())
          .containsExactly(new GrantShare(GRANT, SUBSCRIPTION, credits("6")));
      assertThat(expired.available()).isEqualTo(credits("5"));
      assertThat(ledger.history(GRANT)).containsExactly("grant 10", "charge -4", "expiry -6");
    }

    @Test
    void takesNothingBeforeTheTime() {
      ledger.give(GRANT, SUBSCRIPTION, "10", TOMORROW);
      ledger.now = TOMORROW.minusNanos(1000);

      assertThat(ledger.expire().orThrow().shares()).isEmpty();
      assertThat(ledger.available()).isEqualTo(credits("10"));
    }

    @Test
    void isWrittenOnce() {
      ledger.give(GRANT, SUBSCRIPTION, "10", TOMORROW);
      ledger.now = TOMORROW;
      ledger.expire().orThrow();

      assertThat(ledger.expire().orThrow().shares()).isEmpty();
      assertThat(ledger.history(GRANT)).containsExactly("grant 10", "expiry -10");
    }
  }

  @Nested
  class Stories {
    /** An expired grant that was partly used must not make later credits vanish. */
    @Test
    void aPartlyUsedMonthThatExpiresLeavesTheNextMonthWhole() {
      ledger.give(GRANT, SUBSCRIPTION, "100", START.plusDays(30));
      ledger.spend(RUN, "80");
      ledger.pass(Duration.ofDays(30));
      ledger.expire().orThrow();

      ledger.give(OTHER_GRANT, SUBSCRIPTION, "100", START.plusDays(60));

      assertThat(ledger.available()).isEqualTo(credits("100"));
      assertThat(ledger.spend(OTHER_RUN, "100").available()).isEqualTo(Credits.ZERO);
    }

    @Test
    void theNextMonthIsWholeBeforeTheSweepToo() {
      ledger.give(GRANT, SUBSCRIPTION, "100", START.plusDays(30));
      ledger.spend(RUN, "80");
      ledger.pass(Duration.ofDays(30));

      ledger.give(OTHER_GRANT, SUBSCRIPTION, "100", START.plusDays(60));

      assertThat(ledger.available()).isEqualTo(credits("100"));
    }

    @Test
    void aCostOverTwoGrantsNamesBothInTheOrderTheyPaid() {
      ledger.give(GRANT, PAY_AS_YOU_GO, "50");
      ledger.give(OTHER_GRANT, SUBSCRIPTION, "5");

      Applied paid = ledger.spend(RUN, "20");

      assertThat(paid.shares())
          .containsExactly(
              new GrantShare(OTHER_GRANT, SUBSCRIPTION, credits("5")),
              new GrantShare(GRANT, PAY_AS_YOU_GO, credits("15")));
    }

    @Test
    void aFailureGivesBothGrantsTheirPartBack() {
      ledger.give(GRANT, PAY_AS_YOU_GO, "50");
      ledger.give(OTHER_GRANT, SUBSCRIPTION, "5");
      ledger.placeHold(RUN, "20").orThrow();

      Applied released = ledger.release(RUN).orThrow();

      assertThat(released.shares())
          .containsExactly(
              new GrantShare(OTHER_GRANT, SUBSCRIPTION, credits("5")),
              new GrantShare(GRANT, PAY_AS_YOU_GO, credits("15")));
      assertThat(ledger.grant(GRANT).remaining()).isEqualTo(credits("50"));
      assertThat(ledger.grant(OTHER_GRANT).remaining()).isEqualTo(credits("5"));
    }
  }

  @Test
  void anAccountNeverHasMoreThanCanBeCounted() {
    String most = "999999999999";
    for (long id = 100; id < 109; id++) {
      ledger.give(id, PAY_AS_YOU_GO, most);
    }
    ledger.spend(RUN, most);
    ledger.give(109, PAY_AS_YOU_GO, most);

    assertThat(refusalOf(() -> ledger.refund(RUN)).code()).isEqualTo("conflict");
    assertThat(refusalOf(() -> ledger.refund(RUN)).detail()).contains("than can be counted");
    ledger.spend(OTHER_RUN, most);
    ledger.refund(RUN).orThrow();
    assertThat(ledger.available()).isEqualTo(credits(most).times(9));
  }

  /** Why a command was refused, having made sure that it changed nothing. */
  private Problem refusalOf(Supplier<LedgerOutcome> command) {
    String before = ledger.state();
    LedgerOutcome outcome = command.get();
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(ledger.state()).as("a refused command changes nothing").isEqualTo(before);
    return ((Refused) outcome).problem();
  }
}
