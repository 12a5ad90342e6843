package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.registry.RegisteredService;
import io.quickscale.service.ServiceUser;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * One run that is about to start.
 *
 * @param outer the run that ordered it, if a service did
 */
record Run(
    long usageId,
    RegisteredService service,
    ServiceUser user,
    String correlationId,
    OffsetDateTime startedAt,
    OffsetDateTime deadline,
    Optional<IdempotencyKey> key,
    Optional<Run> outer) {

  /** The most it can cost, which is held for it. */
  Credits price() {
    return service.price().maximum();
  }

  /** How many runs it runs within. */
  int depth() {
    return outer.map(run -> run.depth() + 1).orElse(0);
  }

  /** The usage id of the run that ordered it; null if no service did. */
  Long parentId() {
    return outer.map(Run::usageId).orElse(null);
  }

  boolean isFree() {
    return price().isZero();
  }
}
