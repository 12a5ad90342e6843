package io.quickscale.credit;

import io.quickscale.platform.KeyWalk;
import io.quickscale.platform.Time;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes off expired grants. Bookkeeping only: spending looks at the expiry itself and never waits
 * for this. Every node runs it; the account's lock makes sure that a grant is written off once.
 */
@Singleton
public class ExpirySweep {
  private static final Logger LOG = Logger.getLogger(ExpirySweep.class.getName());
  private static final int GRANTS_AT_A_TIME = 200;
  private static final Duration LONGEST_SWEEP = Duration.ofSeconds(30);

  @Inject CreditStatement statement;
  @Inject CreditLedger ledger;
  @Inject Time time;

  private final KeyWalk<ExpiredGrant> walk = new KeyWalk<>(LONGEST_SWEEP);

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void writeOffExpiredGrants() {
    try {
      // An account's expired grants are written off together; a stuck one is tried once a sweep.
      Set<Long> accounts = new HashSet<>();
      walk.go(
          time,
          last -> statement.expiredGrants(last, GRANTS_AT_A_TIME),
          grant -> accounts.add(grant.accountId()) && writeOff(grant.accountId()));
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(Level.WARNING, "Expired grants cannot be looked for now; the next sweep will", e);
    }
  }

  private boolean writeOff(long accountId) {
    try {
      ledger.apply(new LedgerCommand.Expire(accountId)).orThrow();
      return true;
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          e,
          () -> "Expired grants of account " + accountId + " are not written off yet");
      return false;
    }
  }
}
