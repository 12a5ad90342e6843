package io.quickscale.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says when jobs wait for too long. It only warns: a node does not get better by being taken out of
 * service, and callers of runs are served as ever.
 */
@Readiness
@ApplicationScoped
public class JobCheck implements HealthCheck {
  @Inject JobQueue queue;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("jobs")
        .up()
        .withData("queued", queue.length())
        .withData("oldest_wait_seconds", queue.oldestWaitSeconds())
        .withData("running_here", queue.working())
        .withData("warning", queue.isLate())
        .build();
  }
}
