package io.quickscale.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Starts and ends of runs are being written: no transaction is at it for longer than anybody waits,
 * and none met an error of the virtual machine just now.
 */
@Readiness
@ApplicationScoped
public class LedgerCheck implements HealthCheck {
  @Inject RunWriter writer;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("ledger")
        .status(writer.isWell())
        .withData("waiting", writer.waiting())
        .withData("writing_milliseconds", writer.writingFor().toMillis())
        .withData("locked_accounts", writer.lockedAccounts())
        .build();
  }
}
