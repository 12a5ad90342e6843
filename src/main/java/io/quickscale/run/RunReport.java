package io.quickscale.run;

import io.quickscale.metrics.Metric;
import io.quickscale.metrics.Metrics;
import io.quickscale.platform.EventLog;
import io.quickscale.platform.Ids;
import io.quickscale.problem.Problem;
import io.quickscale.run.UsageTable.Overdue;
import jakarta.annotation.PostConstruct;
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

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    // Observing makes the container create this bean, and with it the gauges, before the first run.
  }

  @PostConstruct
  void registerGauges() {
    metrics.register(Metric.LEDGER_WAITING, writer::waiting);
    metrics.register(Metric.LEDGER_QUEUE_FILL, writer::fillPercent);
  }

  void ended(Settlement settlement) {
    totals.ended(settlement);
    String service = settlement.run().service().name();
    metrics.increment(Metric.RUNS, service, outcome(settlement, "succeeded"));
    metrics.record(Metric.RUN_DURATION, settlement.duration(), service);
    metrics.add(Metric.CREDITS_CHARGED, settlement.cost().micros(), service);
    logEnd(settlement);
  }

  /** A run that never started. */
  void refused(String service, Problem problem) {
    totals.refused(service);
    metrics.increment(Metric.REFUSALS, service, problem.code());
  }

  /** A run that did not end by its deadline. */
  void abandoned(@Observes Overdue overdue) {
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
        parent(run));
  }

  /** Every line has it, so that it can be looked for. */
  private static String parent(Run run) {
    return run.outer().map(outer -> Ids.format(outer.usageId())).orElse("-");
  }

  private void logEnd(Settlement settlement) {
    if (!LOG.isLoggable(Level.INFO)) {
      return;
    }
    Run run = settlement.run();
    log.log(
        LOG,
        Level.INFO,
        "run",
        "usage_id",
        Ids.format(run.usageId()),
        "service",
        run.service().name(),
        "user_id",
        Ids.format(run.user().id()),
        "status",
        settlement.end().status().word(),
        "code",
        outcome(settlement, "-"),
        "attempts",
        settlement.end().attempts(),
        "price",
        run.price(),
        "cost",
        settlement.cost(),
        "duration_ms",
        settlement.duration().toMillis(),
        "correlation_id",
        run.correlationId(),
        "parent_usage_id",
        parent(run));
  }

  private static String outcome(Settlement settlement, String succeeded) {
    return settlement.end().problem().map(Problem::code).orElse(succeeded);
  }
}
