package io.quickscale.credit;

import java.util.Locale;

/** Why a grant moved. */
public enum TransactionKind {
  GRANT,
  CHARGE,
  REFUND,
  EXPIRY,
  VOID;

  /** The word in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
