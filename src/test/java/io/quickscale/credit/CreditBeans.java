package io.quickscale.credit;

/** The package's beans, for tests in other packages that run them outside a server. */
public final class CreditBeans {
  private CreditBeans() {}

  /** The ledger and what looks after it. */
  public static Class<?>[] all() {
    return new Class<?>[] {
      CreditLedger.class,
      CreditStatement.class,
      LedgerTables.class,
      BalanceVerification.class,
      AccountVerification.class,
      ExpirySweep.class
    };
  }

  /** Does what the timer does. */
  public static void sweep(ExpirySweep sweep) {
    sweep.writeOffExpiredGrants();
  }
}
