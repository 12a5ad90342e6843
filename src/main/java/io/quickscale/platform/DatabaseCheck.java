package io.quickscale.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** The database answers within a second. Says which it is, but no version: anybody may ask. */
@Readiness
@ApplicationScoped
public class DatabaseCheck implements HealthCheck {
  private static final int TIMEOUT_SECONDS = 1;

  @Resource(lookup = "java:comp/env/jdbc/quickscale")
  DataSource dataSource;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder database = HealthCheckResponse.named("database");
    try (var connection = dataSource.getConnection()) {
      if (connection.isValid(TIMEOUT_SECONDS)) {
        return database
            .up()
            .withData("product", connection.getMetaData().getDatabaseProductName())
            .build();
      }
    } catch (SQLException e) {
      // Down, like one that does not answer.
    }
    return database.down().build();
  }
}
