package io.quickscale.registry;

import io.quickscale.platform.Starting;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The registry knows its services, of which there is at least one. */
@Readiness
@ApplicationScoped
public class RegistryCheck implements HealthCheck {
  private static final String NAME = "registry";
  private static final int UNREAD = -1;

  private volatile int services = UNREAD;

  /** So many have been read from the database. */
  void read(int found) {
    services = found;
  }

  @Override
  public HealthCheckResponse call() {
    int found = services;
    return found == UNREAD
        ? Starting.check(NAME)
        : HealthCheckResponse.named(NAME).status(found > 0).withData("services", found).build();
  }
}
