package io.quickscale.run;

import io.quickscale.platform.Leases;
import io.quickscale.platform.Leases.Lease;
import io.quickscale.run.IdempotencyRecords.Forgotten;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Forgets old answers, a few in a transaction, on one node at a time. A timer of its own: when
 * there is much to forget, nothing else waits for it.
 */
@Singleton
public class IdempotencySweep {
  private static final Logger LOG = Logger.getLogger(IdempotencySweep.class.getName());
  private static final String LEASE = "idempotency-clean-up";
  private static final Duration LEASE_LENGTH = Duration.ofMinutes(2);

  @Inject IdempotencyRecords records;
  @Inject Leases leases;

  @Schedule(hour = "*", minute = "*", second = "20", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void forgetOldAnswers() {
    try {
      leases.take(LEASE, LEASE_LENGTH).ifPresent(this::forget);
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(Level.WARNING, "Old answers cannot be forgotten now; the next sweep will", e);
    }
  }

  private void forget(Lease lease) {
    try {
      Forgotten last = Forgotten.NOTHING_YET;
      int all = 0;
      while (!last.isLast() && leases.extend(lease)) {
        last = records.forgetOld(last);
        all += last.count();
      }
      int forgotten = all;
      LOG.fine(() -> "Forgot " + forgotten + " answers of old idempotency keys");
    } finally {
      leases.release(lease);
    }
  }
}
