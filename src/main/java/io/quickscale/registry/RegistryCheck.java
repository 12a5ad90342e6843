package io.quickscale.registry;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The registry knows its services. */
@Readiness
@ApplicationScoped
public class RegistryCheck implements HealthCheck {
  @EJB Registry registry;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("registry")
        .status(registry.isReady())
        .withData("services", registry.all().size())
        .build();
  }
}
