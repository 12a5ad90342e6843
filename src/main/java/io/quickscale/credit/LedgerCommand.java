package io.quickscale.credit;

import java.time.OffsetDateTime;
import java.util.Optional;

/** What the ledger can be asked to do; each command moves one account. */
public sealed interface LedgerCommand {
  /** The account that is moved. */
  long accountId();

  /** Sets credits aside for a run. Refused with insufficient credits if they are not there. */
  record PlaceHold(long accountId, long usageId, Credits amount) implements LedgerCommand {}

  /**
   * Ends a hold with a charge of at most what is held; the rest goes back. Refused if the hold is
   * not open.
   */
  record Settle(long accountId, long usageId, Credits charge) implements LedgerCommand {}

  /** Ends a hold and gives all of it back. Refused if the hold is not open. */
  record Release(long accountId, long usageId) implements LedgerCommand {}

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
   * Gives back what a run cost to the grants that paid it, once. What came from a grant that has
   * expired since is expired again at once.
   */
  record Refund(long accountId, long usageId, String reason) implements LedgerCommand {}

  /** Writes off what remains of the account's expired grants. */
  record Expire(long accountId) implements LedgerCommand {}
}
