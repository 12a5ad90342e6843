package io.quickscale.run;

import io.quickscale.platform.EventLog;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Metrics;
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
    metrics.gauge(
        "quickscale_ledger_waiting",
        "Starts and ends of runs that wait to be written",
        writer::waiting);
    metrics.gauge(
        "quickscale_ledger_queue_fill_percent",
        "How full the fullest queue of starts and ends of runs is; at 100 callers are answered 503",
        writer::fillPercent);
    // It is rare: there from the start, so that the first one is seen as a change.
    countAbandoned(0);
  }

  void ended(Settlement settlement) {
    totals.ended(settlement);
    String service = settlement.run().service().name();
    metrics.count(
        "quickscale_runs",
        "Runs that have ended, by outcome",
        1,
        "service",
        service,
        "outcome",
        outcome(settlement, "succeeded"));
    metrics.time(
        "quickscale_run_duration_milliseconds",
        "Time from the start of a run to its settlement",
        settlement.duration(),
        "service",
        service);
    metrics.count(
        "quickscale_credits_charged_micro",
        "Micro-credits (1 credit is 1000000) charged",
        settlement.cost().micros(),
        "service",
        service);
    logEnd(settlement);
  }

  /** A run that never started. */
  void refused(String service, Problem problem) {
    totals.refused(service);
    metrics.count(
        "quickscale_refusals",
        "Runs refused before they started, by problem code",
        1,
        "service",
        service,
        "code",
        problem.code());
  }

  /** A run that did not end by its deadline. */
  void abandoned(@Observes Overdue overdue) {
    countAbandoned(1);
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

  private void countAbandoned(int more) {
    metrics.count(
        "quickscale_runs_abandoned",
        "Runs given up at their deadline, their credits given back",
        more);
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
