package io.quickscale.run;

import io.quickscale.credit.CreditStatement;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Metrics;
import io.quickscale.problem.Problem;
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
  @Inject CreditStatement statement;
  @Inject RunWriter writer;

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    // Observing makes the container create this bean, and with it the gauge, before the first run.
  }

  @PostConstruct
  void registerGauges() {
    metrics.gauge(
        "quickscale_holds_open", "Credit holds of runs that have not ended", statement::openHolds);
    metrics.gauge(
        "quickscale_ledger_waiting",
        "Starts and ends of runs that wait to be written",
        writer::waiting);
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
        settlement.end().problem().map(Problem::code).orElse("succeeded"));
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
    LOG.info(() -> line(settlement));
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

  /** A failure of the service, with its cause; the caller sees only the usage id. */
  void failed(Run run, Throwable cause) {
    LOG.log(
        Level.SEVERE,
        cause,
        () ->
            "run failed usage_id=%s service=%s correlation_id=%s"
                .formatted(Ids.format(run.usageId()), run.service().name(), run.correlationId()));
  }

  private static String line(Settlement settlement) {
    Run run = settlement.run();
    return "run usage_id="
        + Ids.format(run.usageId())
        + " service="
        + run.service().name()
        + " user_id="
        + Ids.format(run.user().id())
        + " status="
        + settlement.end().status().word()
        + " code="
        + settlement.end().problem().map(Problem::code).orElse("-")
        + " attempts="
        + settlement.end().attempts()
        + " price="
        + run.price()
        + " cost="
        + settlement.cost()
        + " duration_ms="
        + settlement.duration().toMillis()
        + " correlation_id="
        + run.correlationId();
  }
}
