package io.quickscale.rest;

import io.quickscale.credit.CreditGrant;
import io.quickscale.credit.CreditStatement;
import io.quickscale.credit.CreditStatement.Balance;
import io.quickscale.platform.Ids;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

/** What an account has. */
public record CreditsView(
    BigDecimal availableCredits,
    BigDecimal subscriptionCredits,
    BigDecimal payAsYouGoCredits,
    BigDecimal heldCredits,
    Expiring expiringSoon,
    List<GrantView> grants) {

  static CreditsView of(Balance balance) {
    return new CreditsView(
        balance.available().toDecimal(),
        balance.subscription().toDecimal(),
        balance.payAsYouGo().toDecimal(),
        balance.held().toDecimal(),
        new Expiring(CreditStatement.SOON.toDays(), balance.expiringSoon().toDecimal()),
        balance.grants().stream().map(grant -> GrantView.of(grant, balance.at())).toList());
  }

  /** What of the available credits expires within some days. */
  public record Expiring(long withinDays, BigDecimal credits) {}

  /**
   * A grant.
   *
   * @param state active, spent, expired or voided
   */
  public record GrantView(
      String id,
      String kind,
      BigDecimal amount,
      BigDecimal remaining,
      BigDecimal held,
      int priority,
      String state,
      OffsetDateTime expiresAt,
      String description,
      OffsetDateTime createdAt) {

    static GrantView of(CreditGrant grant, OffsetDateTime now) {
      return new GrantView(
          Ids.format(grant.id()),
          grant.kind().word(),
          grant.amount().toDecimal(),
          grant.spendable(now).toDecimal(),
          grant.held().toDecimal(),
          grant.priority(),
          state(grant, now),
          grant.expiresAt().orElse(null),
          grant.description(),
          grant.createdAt());
    }

    private static String state(CreditGrant grant, OffsetDateTime now) {
      if (grant.isVoided()) {
        return "voided";
      } else if (grant.isExpired(now)) {
        return "expired";
      }
      return grant.remaining().isZero() && grant.held().isZero() ? "spent" : "active";
    }
  }
}
