package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The schema is at the version that this build needs. */
@Readiness
@ApplicationScoped
public class MigrationCheck implements HealthCheck {
  private static final String NAME = "migrations";

  @Inject MigratedDatabase database;

  @Override
  public HealthCheckResponse call() {
    return database
        .facts()
        .map(
            facts ->
                HealthCheckResponse.named(NAME).up().withData("version", facts.version()).build())
        .orElseGet(() -> Starting.check(NAME));
  }
}
