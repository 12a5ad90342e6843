package io.quickscale.credit;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes off expired grants. Bookkeeping only: spending looks at the expiry itself and never waits
 * for this. Every node runs it; the account's lock makes sure that a grant is written off once.
 */
@Singleton
public class ExpirySweep {
  private static final Logger LOG = Logger.getLogger(ExpirySweep.class.getName());
  private static final int ACCOUNTS_AT_A_TIME = 200;

  @Inject CreditStatement statement;
  @Inject CreditLedger ledger;

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void writeOffExpiredGrants() {
    try {
      statement.accountsWithExpiredCredits(ACCOUNTS_AT_A_TIME).forEach(this::writeOff);
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(Level.WARNING, "Expired grants cannot be looked for now; the next sweep will", e);
    }
  }

  private void writeOff(long accountId) {
    try {
      ledger.apply(new LedgerCommand.Expire(accountId)).orThrow();
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          e,
          () -> "Expired grants of account " + accountId + " are not written off yet");
    }
  }
}
