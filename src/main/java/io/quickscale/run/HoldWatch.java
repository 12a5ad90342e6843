package io.quickscale.run;

import io.quickscale.metrics.Metric;
import io.quickscale.metrics.Metrics;
import io.quickscale.platform.Time;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Metrics of what is held. A timer looks, and not whoever reads the metrics: they must be there
 * when the database is not.
 */
@Startup
@Singleton
@DependsOn("SchemaMigration")
public class HoldWatch {
  private static final Logger LOG = Logger.getLogger(HoldWatch.class.getName());

  @Inject RunJournal journal;
  @Inject Metrics metrics;
  @Inject Time time;

  private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(OpenHolds.NONE, 0));

  private record Seen(OpenHolds holds, long overdue) {}

  @PostConstruct
  void registerGauges() {
    gauge(Metric.HOLDS_OPEN, s -> s.holds().count());
    gauge(Metric.CREDITS_HELD, HoldWatch::heldMicros);
    gauge(Metric.HOLD_OLDEST_AGE, this::oldestAge);
    gauge(Metric.RUNS_OVERDUE, Seen::overdue);
  }

  /** What is held now. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public OpenHolds now() {
    return journal.holds();
  }

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void look() {
    try {
      seen.set(new Seen(journal.holds(), journal.overdueCount()));
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(
          Level.WARNING, "Open holds cannot be looked at now; the metrics show the last look", e);
    }
  }

  /** A gauge is a long; it stops at the largest one. */
  private static long heldMicros(Seen last) {
    return last.holds().micros().min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  private void gauge(Metric metric, ToLongFunction<Seen> value) {
    metrics.register(metric, () -> value.applyAsLong(seen.get()));
  }

  private long oldestAge(Seen last) {
    OffsetDateTime oldest = last.holds().oldest();
    return oldest == null ? 0 : Math.max(0, Duration.between(oldest, time.now()).toSeconds());
  }
}
