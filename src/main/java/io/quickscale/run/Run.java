package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.registry.RegisteredService;
import io.quickscale.service.ServiceUser;
import java.util.Optional;
import java.util.Set;

/**
 * One run of an order, before and while it executes.
 *
 * @param service as it stood when it was ordered: what it costs then is what it is charged
 */
record Run(long usageId, Order order, RegisteredService service) {
  /** The most it can cost, which is held for it. */
  Credits price() {
    return service.price().maximum();
  }

  boolean isFree() {
    return price().isZero();
  }

  ServiceUser user() {
    return order.user();
  }

  String correlationId() {
    return order.correlationId();
  }

  /** The run whose service ordered it, if one did. */
  Optional<Run> outer() {
    return order.outer();
  }

  /** Whether it is one of these runs, or within one. */
  boolean isWithin(Set<Long> usageIds) {
    return usageIds.contains(usageId) || outer().filter(run -> run.isWithin(usageIds)).isPresent();
  }

  /** How many runs it runs within. */
  int depth() {
    return outer().map(run -> run.depth() + 1).orElse(0);
  }

  /** The usage id of the run whose service ordered it; null if none did. */
  Long parentId() {
    return outer().map(Run::usageId).orElse(null);
  }
}
