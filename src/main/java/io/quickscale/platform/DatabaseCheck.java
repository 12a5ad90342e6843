package io.quickscale.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The database answers within a second; how long a connection to it takes is a metric. */
@Readiness
@ApplicationScoped
public class DatabaseCheck implements HealthCheck {
  private static final int TIMEOUT_SECONDS = 1;

  @Resource(lookup = "java:comp/env/jdbc/quickscale")
  DataSource dataSource;

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
    return HealthCheckResponse.named("database").status(answers()).build();
  }

  private boolean answers() {
    long asked = System.nanoTime();
    try (var connection = dataSource.getConnection()) {
      waited(asked);
      return connection.isValid(TIMEOUT_SECONDS);
    } catch (SQLException e) {
      waited(asked);
      return false;
    }
  }

  private void waited(long asked) {
    waitedMillis.set(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked));
  }
}
