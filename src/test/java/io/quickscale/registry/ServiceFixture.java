package io.quickscale.registry;

import io.quickscale.credit.Credits;
import java.time.OffsetDateTime;
import java.util.List;

/** Registered services for tests in other packages, of which nobody runs the class. */
public final class ServiceFixture {
  private ServiceFixture() {}

  /**
   * A service with a flat price.
   *
   * @param maxConcurrentRuns null for no limit
   */
  public static RegisteredService service(
      String name, Credits price, Integer maxConcurrentRuns, OffsetDateTime now) {
    ServiceSettings settings =
        new ServiceSettings(
            "",
            "test",
            new Price(price, List.of()),
            true,
            FailurePolicy.CHARGE_ON_FAILURE,
            null,
            maxConcurrentRuns);
    return new RegisteredService(new ServiceDefinition(name, settings, now), null);
  }
}
