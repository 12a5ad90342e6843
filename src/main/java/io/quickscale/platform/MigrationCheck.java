package io.quickscale.platform;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The schema is at the version that this build needs. */
@Readiness
@ApplicationScoped
public class MigrationCheck implements HealthCheck {
  @EJB SchemaMigration migration;

  @Override
  public HealthCheckResponse call() {
    String version = migration.version();
    return HealthCheckResponse.named("migrations")
        .status(version != null)
        .withData("version", String.valueOf(version))
        .build();
  }
}
