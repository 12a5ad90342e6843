package io.quickscale.job;

import io.quickscale.metrics.Metric;
import io.quickscale.metrics.Metrics;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Metrics of the queue of jobs. A timer looks: they must be there when the database is not. */
@Startup
@Singleton
@DependsOn("SchemaMigration")
public class JobWatch {
  private static final Logger LOG = Logger.getLogger(JobWatch.class.getName());

  @Inject JobJournal journal;
  @Inject JobRunner runner;
  @Inject JobQueue queue;
  @Inject Metrics metrics;

  @PostConstruct
  void registerGauges() {
    metrics.register(Metric.JOBS_QUEUED, queue::length);
    metrics.register(Metric.JOB_OLDEST_WAIT, queue::oldestWaitSeconds);
    metrics.register(Metric.JOBS_RUNNING, runner::working);
  }

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void look() {
    try {
      queue.see(journal.queue());
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(Level.WARNING, "The queue of jobs cannot be looked at now", e);
    }
  }
}
