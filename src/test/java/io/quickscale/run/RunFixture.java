package io.quickscale.run;

import io.quickscale.registry.RegisteredService;
import io.quickscale.service.ServiceUser;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Runs of orders of one, by a caller in Java. */
final class RunFixture {
  private RunFixture() {}

  static Run run(
      long id,
      RegisteredService service,
      ServiceUser user,
      OffsetDateTime now,
      Optional<Run> outer) {
    return new Run(
        id,
        new Order(
            id,
            user,
            Optional.empty(),
            Optional.empty(),
            "a-request",
            now,
            now.plusMinutes(15),
            outer,
            Optional.empty()),
        service);
  }
}
