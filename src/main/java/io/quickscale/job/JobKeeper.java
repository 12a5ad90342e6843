package io.quickscale.job;

import io.quickscale.platform.Leases;
import io.quickscale.platform.Leases.Lease;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives jobs their turn that should have it: where a node died between a job's start and its turn,
 * where operators allow more at a time, where the scheduler's row is gone. One node at a time.
 */
@Singleton
public class JobKeeper {
  private static final Logger LOG = Logger.getLogger(JobKeeper.class.getName());
  private static final String LEASE = "job-keeper";
  private static final Duration LEASE_LENGTH = Duration.ofMinutes(1);

  @EJB JobScheduler scheduler;
  @Inject JobJournal journal;
  @Inject Leases leases;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void giveTurns() {
    try {
      leases.take(LEASE, LEASE_LENGTH).ifPresent(this::giveTurns);
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(Level.WARNING, "Jobs cannot be given their turn now; the next look will", e);
    }
  }

  private void giveTurns(Lease lease) {
    try {
      boolean given = journal.scheduleLost() > 0;
      for (long user : journal.usersWaiting()) {
        given |= journal.admitNext(user);
      }
      if (given) {
        scheduler.look();
      }
    } finally {
      leases.release(lease);
    }
  }
}
