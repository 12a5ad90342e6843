package io.quickscale.credit;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which grants pay: subscription first, then by priority; within that the earliest expiry, then
 * first in, first out. An expired or voided grant never pays.
 */
final class BurnDown {
  private static final Comparator<CreditGrant> ORDER =
      Comparator.comparing((CreditGrant grant) -> grant.kind() != GrantKind.SUBSCRIPTION)
          .thenComparing(CreditGrant::priority)
          .thenComparing(grant -> grant.expiresAt().orElse(OffsetDateTime.MAX))
          .thenComparing(CreditGrant::createdAt)
          .thenComparing(CreditGrant::id);

  private BurnDown() {}

  /** What can be spent at this moment. */
  static Credits available(Collection<CreditGrant> grants, OffsetDateTime now) {
    return Credits.sum(grants.stream().map(grant -> grant.spendable(now)).toList());
  }

  /**
   * The parts that the grants pay of an amount, which must be available.
   *
   * @throws IllegalArgumentException the amount is not available
   */
  static List<GrantShare> draw(Collection<CreditGrant> grants, Credits amount, OffsetDateTime now) {
    List<GrantShare> shares = new ArrayList<>();
    Credits missing = amount;
    for (CreditGrant grant : grants.stream().sorted(ORDER).toList()) {
      Credits part = missing.min(grant.spendable(now));
      if (!part.isZero()) {
        shares.add(new GrantShare(grant.id(), grant.kind(), part));
        missing = missing.minus(part);
      }
    }
    if (!missing.isZero()) {
      throw new IllegalArgumentException(amount + " credits are not available: check first");
    }
    return shares;
  }
}
