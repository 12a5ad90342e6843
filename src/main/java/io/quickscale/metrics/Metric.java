package io.quickscale.metrics;

import static io.quickscale.metrics.Metric.Kind.COUNTER;
import static io.quickscale.metrics.Metric.Kind.GAUGE;
import static io.quickscale.metrics.Metric.Kind.HISTOGRAM;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Every metric of QuickScale, once: kind, name, help and the names of its labels, as they are shown
 * on every server. A test holds the reference page against this table.
 */
public enum Metric {
  RUNS(COUNTER, "quickscale_runs_total", "Runs that have ended, by outcome", "service", "outcome"),
  RUN_DURATION(
      HISTOGRAM,
      "quickscale_run_duration_milliseconds",
      "Time from the start of a run to its settlement",
      "service"),
  RUNS_ABANDONED(
      COUNTER,
      "quickscale_runs_abandoned_total",
      "Runs given up at their deadline, their credits given back"),
  RUNS_OVERDUE(
      GAUGE,
      "quickscale_runs_overdue",
      "Runs beyond their deadline that have neither ended nor been given up"),
  RUNS_UNSURE(
      GAUGE,
      "quickscale_runs_unsure",
      "Runs that the database may have written although their callers were told 503; they are"
          + " looked at again"),
  REFUSALS(
      COUNTER,
      "quickscale_refusals_total",
      "Runs refused before they started, by problem code",
      "service",
      "code"),
  PROBLEMS(
      COUNTER,
      "quickscale_problems_total",
      "Answers of application/problem+json, by code",
      "code",
      "status"),
  IDEMPOTENT_REPLAYS(
      COUNTER,
      "quickscale_idempotent_replays_total",
      "Requests answered with the kept answer of an earlier one with the same Idempotency-Key"),

  CREDITS_CHARGED(
      COUNTER,
      "quickscale_credits_charged_micro_total",
      "Micro-credits (1 credit is 1000000) charged",
      "service"),
  CREDITS_HELD(
      GAUGE,
      "quickscale_credits_held_micro",
      "Micro-credits (1 credit is 1000000) held for runs that have not ended"),
  HOLDS_OPEN(GAUGE, "quickscale_holds_open", "Credit holds of runs that have not ended"),
  HOLD_OLDEST_AGE(
      GAUGE,
      "quickscale_hold_oldest_age_seconds",
      "Age of the oldest open hold; 0 if there is none"),

  LEDGER_WAITING(
      GAUGE, "quickscale_ledger_waiting", "Starts and ends of runs that wait to be written"),
  LEDGER_QUEUE_FILL(
      GAUGE,
      "quickscale_ledger_queue_fill_percent",
      "How full the fullest queue of starts and ends of runs is; at 100 callers are answered 503"),
  LEDGER_WRITING(
      GAUGE,
      "quickscale_ledger_writing_milliseconds",
      "How long the slowest transaction has taken that is being written; much when the database is"
          + " slow or away"),
  LEDGER_LOCKED_ACCOUNTS(
      GAUGE,
      "quickscale_ledger_locked_accounts",
      "Accounts whose runs are answered with 503 since somebody else has locked their rows"),
  LEDGER_DISCREPANCIES(
      GAUGE,
      "quickscale_ledger_discrepancies",
      "What did not add up when the ledger was last verified on this node; 0 before that"),
  LEDGER_VERIFIED(
      GAUGE,
      "quickscale_ledger_verified_timestamp_seconds",
      "When the ledger was last verified on this node, in Unix time; 0 before that"),

  JOBS_QUEUED(GAUGE, "quickscale_jobs_queued", "Jobs that have not begun, on all nodes"),
  JOB_OLDEST_WAIT(
      GAUGE,
      "quickscale_job_oldest_wait_seconds",
      "How long the first job has waited that has not begun; 0 if there is none"),
  JOBS_RUNNING(GAUGE, "quickscale_jobs_running", "Jobs that this node works on"),

  READY(
      GAUGE,
      "quickscale_ready",
      "1 if this node can take runs (as /health/ready says), else 0; looked at every 5 seconds"),
  DATABASE_WAIT(
      GAUGE,
      "quickscale_database_wait_milliseconds",
      "How long the last readiness check waited for a connection to the database;"
          + " much when the pool is exhausted or the database is away"),
  KEY_CACHE_ENTRIES(
      GAUGE,
      "quickscale_key_cache_entries",
      "API keys, and prefixes that are none, that need no query now"),
  KEY_CACHE_MISSES(
      COUNTER,
      "quickscale_key_cache_misses_total",
      "API keys that had to be read from the database");

  /** What the number does. */
  public enum Kind {
    /** Only grows, from 0 at the start of the node. */
    COUNTER,
    /** Goes up and down; read when somebody looks. */
    GAUGE,
    /** Single values, counted by buckets. */
    HISTOGRAM
  }

  private final Kind kind;
  private final String title;
  private final String help;
  private final List<String> labels;

  Metric(Kind kind, String title, String help, String... labels) {
    this.kind = kind;
    this.title = title;
    this.help = help;
    this.labels = List.of(labels);
  }

  public Kind kind() {
    return kind;
  }

  /** Its name on the page, with the unit in it. */
  public String title() {
    return title;
  }

  /** One line that says what is counted, and in which unit. */
  public String help() {
    return help;
  }

  /** The names of its labels, in the order in which their values are given. */
  public List<String> labels() {
    return labels;
  }

  /**
   * The labels with their values.
   *
   * @throws IllegalArgumentException if there is not a value for each label
   */
  Tags tags(String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(title + " has the labels " + labels);
    }
    return Tags.of(
        IntStream.range(0, values.length).mapToObj(i -> Tag.of(labels.get(i), values[i])).toList());
  }
}
