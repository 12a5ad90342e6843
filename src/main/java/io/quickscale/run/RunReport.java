package io.quickscale.run;

import io.quickscale.metrics.Metric;
import io.quickscale.metrics.Metrics;
import io.quickscale.platform.EventLog;
import io.quickscale.platform.Ids;
import io.quickscale.problem.Problem;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells the outside about runs: metrics per service and one structured log line a run (logfmt). */
@ApplicationScoped
class RunReport {
  private static final Logger LOG = Logger.getLogger(RunReport.class.getName());

  @Inject Metrics metrics;
  @Inject RunTotals totals;
  @Inject EventLog log;
  @Inject RunWriter writer;
  @EJB UnsureRuns unsure;

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    // Observing makes the container create this bean, and with it the gauges, before the first run.
  }

  @PostConstruct
  void registerGauges() {
    metrics.register(Metric.LEDGER_WAITING, writer::waiting);
    metrics.register(Metric.LEDGER_QUEUE_FILL, writer::fillPercent);
    metrics.register(Metric.LEDGER_WRITING, () -> writer.writingFor().toMillis());
    metrics.register(Metric.LEDGER_LOCKED_ACCOUNTS, writer::lockedAccounts);
    metrics.register(Metric.RUNS_UNSURE, unsure::size);
  }

  void ended(Settled settled) {
    totals.ended(settled);
    String service = settled.run().service();
    metrics.increment(Metric.RUNS, service, outcome(settled, "succeeded"));
    metrics.record(Metric.RUN_DURATION, settled.duration(), service);
    metrics.add(Metric.CREDITS_CHARGED, settled.cost().micros(), service);
    logEnd(settled);
  }

  /** A run that never started. */
  void refused(String service, Problem problem) {
    totals.refused(service);
    metrics.increment(Metric.REFUSALS, service, problem.code());
  }

  /** A run that did not end by its deadline. */
  void abandoned(@Observes OpenRun overdue) {
    metrics.increment(Metric.RUNS_ABANDONED);
    log.log(
        LOG,
        Level.WARNING,
        "run abandoned",
        "usage_id",
        Ids.format(overdue.usageId()),
        "service",
        overdue.service());
  }

  /** A failure of the service, with its cause; the caller sees only the usage id. */
  void failed(Run run, Throwable cause) {
    log.log(
        LOG,
        Level.SEVERE,
        cause,
        "run failed",
        "usage_id",
        Ids.format(run.usageId()),
        "service",
        run.service().name(),
        "user_id",
        Ids.format(run.user().id()),
        "correlation_id",
        run.correlationId(),
        "parent_usage_id",
        parent(run.parentId()));
  }

  /** Every line has it, so that it can be looked for. */
  private static String parent(Long usageId) {
    return usageId == null ? "-" : Ids.format(usageId);
  }

  private void logEnd(Settled settled) {
    if (!LOG.isLoggable(Level.INFO)) {
      return;
    }
    OpenRun run = settled.run();
    log.log(
        LOG,
        Level.INFO,
        "run",
        "usage_id",
        Ids.format(run.usageId()),
        "service",
        run.service(),
        "user_id",
        Ids.format(run.userId()),
        "status",
        settled.end().status().word(),
        "code",
        outcome(settled, "-"),
        "attempts",
        settled.end().attempts(),
        "price",
        run.price(),
        "cost",
        settled.cost(),
        "duration_ms",
        settled.duration().toMillis(),
        "correlation_id",
        run.correlationId(),
        "parent_usage_id",
        parent(run.parentId()));
  }

  private static String outcome(Settled settled, String succeeded) {
    return settled.end().problem().map(Problem::code).orElse(succeeded);
  }
}
