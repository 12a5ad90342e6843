package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The node has not been asked to leave. Once it has, and nothing is in flight, it can be stopped.
 */
@Readiness
@ApplicationScoped
public class InServiceCheck implements HealthCheck {
  @Inject DrainFile drain;
  @Inject RequestsInFlight requests;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("in_service")
        .status(!drain.exists())
        .withData("requests_in_flight", requests.count())
        .build();
  }
}
