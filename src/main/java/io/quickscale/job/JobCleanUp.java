package io.quickscale.job;

import io.quickscale.platform.Leases;
import io.quickscale.platform.Leases.Lease;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Deletes what jobs have kept for long enough, a few rows in a transaction, on one node at a time.
 * A timer of its own: when there is much to delete, nothing else waits for it.
 */
@Singleton
public class JobCleanUp {
  private static final Logger LOG = Logger.getLogger(JobCleanUp.class.getName());
  private static final String LEASE = "job-clean-up";
  private static final Duration LEASE_LENGTH = Duration.ofMinutes(2);
  private static final int JOBS_AT_A_TIME = 50;
  private static final int ROWS_AT_A_TIME = 500;

  @Inject JobJournal journal;
  @Inject Leases leases;

  @Schedule(hour = "*", minute = "*", second = "40", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void deleteOldResults() {
    try {
      leases.take(LEASE, LEASE_LENGTH).ifPresent(this::deleteOldResults);
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(Level.WARNING, "Old results of jobs cannot be deleted now; the next look will", e);
    }
  }

  private void deleteOldResults(Lease lease) {
    try {
      List<Long> old = journal.toClear(JOBS_AT_A_TIME);
      while (!old.isEmpty()) {
        for (long job : old) {
          if (!clear(job, lease)) {
            return;
          }
        }
        old = journal.toClear(JOBS_AT_A_TIME);
      }
    } finally {
      leases.release(lease);
    }
  }

  /** False if the lease is another's by now. */
  private boolean clear(long job, Lease lease) {
    boolean isMore = true;
    while (isMore) {
      if (!leases.extend(lease)) {
        return false;
      }
      isMore = journal.clear(job, ROWS_AT_A_TIME);
    }
    return true;
  }
}
