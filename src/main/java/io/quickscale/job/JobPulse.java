package io.quickscale.job;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Once a second: how far this node's jobs are, and what others want of them. */
@Singleton
public class JobPulse {
  private static final Logger LOG = Logger.getLogger(JobPulse.class.getName());

  @EJB JobScheduler scheduler;
  @Inject JobRunner runner;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void beat() {
    try {
      runner.pulse();
      scheduler.followDrain();
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(Level.WARNING, "The progress of jobs cannot be written now", e);
    }
  }
}
