package io.quickscale.credit;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** What the ledger can be asked to do; each command moves one account. */
public sealed interface LedgerCommand {
  /** The account that is moved. */
  long accountId();

  /**
   * Sets credits aside for the runs of an order: for all of them, or refused with insufficient
   * credits if they are not there for all. The answer is {@link LedgerOutcome.Held}.
   */
  record PlaceHolds(long accountId, List<Wanted> wanted) implements LedgerCommand {}

  /** What one run may cost. */
  record Wanted(long usageId, Credits most) {}

  /** Ends a hold with a charge of at most what is held; the rest goes back. */
  record Settle(Hold hold, Credits charge) implements LedgerCommand {
    @Override
    public long accountId() {
      return hold.accountId();
    }
  }

  /** Ends a hold and gives all of it back. */
  record Release(Hold hold) implements LedgerCommand {
    @Override
    public long accountId() {
      return hold.accountId();
    }
  }

  /** Gives a grant. */
  record Give(
      long accountId,
      long grantId,
      GrantKind kind,
      int priority,
      Credits amount,
      Optional<OffsetDateTime> expiresAt,
      String description)
      implements LedgerCommand {}

  /**
   * Takes back what remains of a grant; open holds on it still settle. Refused if it is voided
   * already or has expired, whether or not the expiry is in the ledger yet.
   */
  record VoidGrant(long accountId, long grantId, String reason) implements LedgerCommand {}

  /**
   * Gives back what a run cost to the grants that paid it. What came from a grant that has expired
   * since is expired again at once. That a run is refunded once, the keeper of its record looks
   * after.
   *
   * @param paidFrom what each grant paid
   */
  record Refund(long accountId, long usageId, List<GrantShare> paidFrom, String reason)
      implements LedgerCommand {}

  /** Writes off what remains of the account's expired grants. */
  record Expire(long accountId) implements LedgerCommand {}
}
