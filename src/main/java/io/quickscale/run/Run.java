package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.registry.RegisteredService;
import io.quickscale.service.ServiceUser;
import java.time.OffsetDateTime;
import java.util.Optional;

/** One run that is about to start. */
record Run(
    long usageId,
    RegisteredService service,
    ServiceUser user,
    String correlationId,
    OffsetDateTime startedAt,
    OffsetDateTime deadline,
    Optional<IdempotencyKey> key) {

  /** The most it can cost, which is held for it. */
  Credits price() {
    return service.price().maximum();
  }

  boolean isFree() {
    return price().isZero();
  }
}
