package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The database answers within a second. Says which it is, but no version: anybody may ask. */
@Readiness
@ApplicationScoped
public class DatabaseCheck implements HealthCheck {
  private static final int TIMEOUT_SECONDS = 1;

  // It has the data source. A management thread of WildFly could not look one up here.
  @Inject SchemaMigration migration;

  private final AtomicLong waitedMillis = new AtomicLong();

  /** How long the last check waited for a connection. */
  long waitedMillis() {
    return waitedMillis.get();
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
