package io.quickscale.platform;

import io.quickscale.metrics.Metric;
import io.quickscale.metrics.Metrics;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/** What {@code /health/ready} says, as a metric, so that one scrape is enough to raise an alert. */
@Startup
@Singleton
public class ReadinessWatch {
  private static final Logger LOG = Logger.getLogger(ReadinessWatch.class.getName());

  @Inject @Any Instance<HealthCheck> checks;
  @Inject @Readiness DatabaseCheck database;
  @Inject Metrics metrics;

  private final AtomicInteger ready = new AtomicInteger();

  @PostConstruct
  void registerGauges() {
    metrics.register(Metric.READY, ready::get);
    metrics.register(Metric.DATABASE_WAIT, database::waitedMillis);
  }

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void look() {
    ready.set(isReady() ? 1 : 0);
  }

  private boolean isReady() {
    try {
      return checks.select(Readiness.Literal.INSTANCE).stream()
          .allMatch(check -> check.call().getStatus() == Status.UP);
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(Level.WARNING, "A readiness check failed", e);
      return false;
    }
  }
}
