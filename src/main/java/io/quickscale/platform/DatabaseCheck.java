package io.quickscale.platform;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The database answers within a second; how long a connection to it takes is a metric. Says which
 * it is, but no version: anybody may ask.
 */
@Readiness
@ApplicationScoped
public class DatabaseCheck implements HealthCheck {
  private static final int TIMEOUT_SECONDS = 1;

  // It has the data source. A management thread of WildFly could not look one up here.
  @Inject SchemaMigration migration;

  @Inject Metrics metrics;

  private final AtomicLong waitedMillis = new AtomicLong();

  @PostConstruct
  void registerGauge() {
    metrics.gauge(
        "quickscale_database_wait_milliseconds",
        "How long the last readiness check waited for a connection to the database;"
            + " much when the pool is exhausted or the database is away",
        waitedMillis::get);
  }

  @Override
  public HealthCheckResponse call() {
    boolean answers = migration.databaseAnswers(TIMEOUT_SECONDS, this::waited);
    return HealthCheckResponse.named("database")
        .status(answers)
        .withData("product", migration.product())
        .build();
  }

  private void waited(Duration duration) {
    waitedMillis.set(duration.toMillis());
  }
}
