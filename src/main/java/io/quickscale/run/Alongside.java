package io.quickscale.run;

import io.quickscale.db.Writes;

/**
 * What else is written in the transaction that ends a run: only by whoever really ends it, so that
 * it happens once. May be asked again if the transaction is tried again.
 */
@FunctionalInterface
public interface Alongside {
  Alongside NOTHING = (answer, writes) -> {};

  /** Adds rows to what is written. */
  void write(RunAnswer answer, Writes writes);
}
