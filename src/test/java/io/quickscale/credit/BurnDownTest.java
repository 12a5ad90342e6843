package io.quickscale.credit;

import static io.quickscale.credit.GrantKind.ADMIN;
import static io.quickscale.credit.GrantKind.PAY_AS_YOU_GO;
import static io.quickscale.credit.GrantKind.PROMOTIONAL;
import static io.quickscale.credit.GrantKind.SUBSCRIPTION;
import static io.quickscale.credit.MemoryLedger.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quickscale.credit.LedgerCommand.Give;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BurnDownTest {
  private static final OffsetDateTime NOW = START;
  private static final OffsetDateTime TOMORROW = NOW.plusDays(1);
  private static final OffsetDateTime NEXT_MONTH = NOW.plusMonths(1);

  @Test
  void aSubscriptionPaysFirstWhateverItsPriority() {
    CreditGrant bought = grant(1, PAY_AS_YOU_GO, 0, TOMORROW, NOW.minusDays(9));
    CreditGrant subscription = grant(2, SUBSCRIPTION, 99, null, NOW);

    assertThat(payers(bought, subscription)).containsExactly(2L, 1L);
  }

  @Test
  void amongOtherGrantsTheLowerPriorityNumberPaysFirst() {
    CreditGrant soonGone = grant(1, PAY_AS_YOU_GO, 30, TOMORROW, NOW.minusDays(9));
    CreditGrant preferred = grant(2, PAY_AS_YOU_GO, 5, null, NOW);

    assertThat(payers(soonGone, preferred)).containsExactly(2L, 1L);
  }

  @Test
  void givenCreditsGoBeforeBoughtOnesUnlessTheGrantSaysOtherwise() {
    CreditGrant bought = grant(1, PAY_AS_YOU_GO, PAY_AS_YOU_GO.defaultPriority(), null, NOW);
    CreditGrant admin = grant(2, ADMIN, ADMIN.defaultPriority(), null, NOW);
    CreditGrant promotional = grant(3, PROMOTIONAL, PROMOTIONAL.defaultPriority(), null, NOW);
    CreditGrant subscription = grant(4, SUBSCRIPTION, SUBSCRIPTION.defaultPriority(), null, NOW);

    assertThat(payers(bought, admin, promotional, subscription)).containsExactly(4L, 3L, 2L, 1L);
  }

  @Test
  void amongSubscriptionsThePriorityCountsToo() {
    CreditGrant second = grant(1, SUBSCRIPTION, 9, TOMORROW, NOW);
    CreditGrant first = grant(2, SUBSCRIPTION, 1, NEXT_MONTH, NOW);

    assertThat(payers(second, first)).containsExactly(2L, 1L);
  }

  @Test
  void ofTheSamePriorityTheEarliestExpiryPaysFirstAndNoExpiryLast() {
    CreditGrant forever = grant(1, ADMIN, 20, null, NOW.minusDays(9));
    CreditGrant nextMonth = grant(2, ADMIN, 20, NEXT_MONTH, NOW.minusDays(8));
    CreditGrant tomorrow = grant(3, ADMIN, 20, TOMORROW, NOW);

    assertThat(payers(forever, nextMonth, tomorrow)).containsExactly(3L, 2L, 1L);
  }

  @Test
  void ofTheSameExpiryTheOldestGrantPaysFirst() {
    CreditGrant young = grant(1, ADMIN, 20, TOMORROW, NOW);
    CreditGrant old = grant(2, ADMIN, 20, TOMORROW, NOW.minusDays(9));

    assertThat(payers(young, old)).containsExactly(2L, 1L);
  }

  @Test
  void grantsOfTheSameMomentPayInTheOrderOfTheirIds() {
    CreditGrant second = grant(12, ADMIN, 20, null, NOW);
    CreditGrant first = grant(11, ADMIN, 20, null, NOW);

    assertThat(payers(second, first)).containsExactly(11L, 12L);
  }

  @Test
  void theOrderDoesNotDependOnHowTheGrantsCome() {
    List<CreditGrant> grants =
        new ArrayList<>(
            List.of(
                grant(1, SUBSCRIPTION, 0, TOMORROW, NOW),
                grant(2, SUBSCRIPTION, 0, NEXT_MONTH, NOW),
                grant(3, PROMOTIONAL, 10, NEXT_MONTH, NOW),
                grant(4, ADMIN, 20, null, NOW.minusDays(1)),
                grant(5, PAY_AS_YOU_GO, 30, null, NOW)));
    Collections.reverse(grants);

    assertThat(payers(grants.toArray(CreditGrant[]::new))).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void anExpiredGrantNeverPays() {
    CreditGrant expired = grant(1, SUBSCRIPTION, 0, NOW.minusSeconds(1), NOW.minusDays(9));
    CreditGrant good = grant(2, PAY_AS_YOU_GO, 30, null, NOW);

    assertThat(payers(expired, good)).containsExactly(2L);
    assertThat(BurnDown.available(List.of(expired, good), NOW)).hasToString("10");
  }

  @Test
  void aGrantPaysUntilTheVeryMomentOfItsExpiryAndNoLonger() {
    List<CreditGrant> grants = List.of(grant(1, SUBSCRIPTION, 0, TOMORROW, NOW));

    assertThat(BurnDown.available(grants, TOMORROW.minusNanos(1000))).hasToString("10");
    assertThat(BurnDown.available(grants, TOMORROW)).isEqualTo(Credits.ZERO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BurnDown.draw(grants, Credits.parse("1"), TOMORROW));
  }

  @Test
  void theExpiryIsAMomentWhateverTheOffsetItIsWrittenIn() {
    OffsetDateTime elsewhere = TOMORROW.withOffsetSameInstant(ZoneOffset.ofHours(9));
    List<CreditGrant> grants = List.of(grant(1, SUBSCRIPTION, 0, elsewhere, NOW));

    assertThat(BurnDown.available(grants, TOMORROW.minusNanos(1000))).hasToString("10");
    assertThat(BurnDown.available(grants, TOMORROW)).isEqualTo(Credits.ZERO);
  }

  @Test
  void aVoidedGrantNeverPays() {
    CreditGrant voided = grant(1, SUBSCRIPTION, 0, null, NOW);
    voided.markVoided(NOW);

    assertThat(BurnDown.available(List.of(voided), NOW)).isEqualTo(Credits.ZERO);
    assertThat(payers(voided, grant(2, ADMIN, 20, null, NOW))).containsExactly(2L);
  }

  @Test
  void whatIsHeldIsNotAvailable() {
    CreditGrant grant = grant(1, SUBSCRIPTION, 0, null, NOW);
    grant.hold(Credits.parse("4"));

    assertThat(BurnDown.available(List.of(grant), NOW)).hasToString("6");
  }

  @Test
  void anAmountIsSplitOverAsManyGrantsAsItTakes() {
    List<CreditGrant> grants =
        List.of(
            grant(1, SUBSCRIPTION, 0, null, NOW),
            grant(2, ADMIN, 20, null, NOW),
            grant(3, PAY_AS_YOU_GO, 30, null, NOW));

    assertThat(BurnDown.draw(grants, Credits.parse("20.000001"), NOW))
        .containsExactly(
            new GrantShare(1, SUBSCRIPTION, Credits.parse("10")),
            new GrantShare(2, ADMIN, Credits.parse("10")),
            new GrantShare(3, PAY_AS_YOU_GO, Credits.parse("0.000001")));
  }

  @Test
  void aGrantThatPaysNothingIsNotNamed() {
    List<CreditGrant> grants =
        List.of(grant(1, SUBSCRIPTION, 0, null, NOW), grant(2, ADMIN, 20, null, NOW));

    assertThat(BurnDown.draw(grants, Credits.parse("10"), NOW))
        .containsExactly(new GrantShare(1, SUBSCRIPTION, Credits.parse("10")));
    assertThat(BurnDown.draw(grants, Credits.ZERO, NOW)).isEmpty();
  }

  @Test
  void drawingOnlyPlansAndChangesNoGrant() {
    CreditGrant grant = grant(1, SUBSCRIPTION, 0, null, NOW);

    BurnDown.draw(List.of(grant), Credits.parse("4"), NOW);

    assertThat(grant.remaining()).hasToString("10");
    assertThat(grant.held()).isEqualTo(Credits.ZERO);
  }

  @Test
  void moreThanIsAvailableCannotBeDrawn() {
    List<CreditGrant> grants = List.of(grant(1, SUBSCRIPTION, 0, null, NOW));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BurnDown.draw(grants, Credits.parse("10.000001"), NOW))
        .withMessageContaining("check first");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BurnDown.draw(List.of(), Credits.parse("1"), NOW));
  }

  /** The ids of the grants in the order in which they pay, when all of them must. */
  private static List<Long> payers(CreditGrant... grants) {
    List<CreditGrant> all = Arrays.asList(grants);
    return BurnDown.draw(all, BurnDown.available(all, NOW), NOW).stream()
        .map(GrantShare::grantId)
        .toList();
  }

  /** A grant of 10 credits. */
  private static CreditGrant grant(
      long id, GrantKind kind, int priority, OffsetDateTime expiresAt, OffsetDateTime createdAt) {
    return new CreditGrant(
        new Give(
            7, id, kind, priority, Credits.parse("10"), Optional.ofNullable(expiresAt), "a gift"),
        createdAt);
  }
}
