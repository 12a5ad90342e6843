package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import io.quickscale.credit.Hold;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A run that is going on, as it is stored: everything that ending it needs, whoever does.
 *
 * @param orderId the usage id of its order's first run
 * @param apiKeyId the key that asked; null for a caller in Java
 * @param price the most it can cost
 * @param priceVersion of its service's prices, the one it is held at; null if it is not known
 * @param shares what is held for it, grant by grant; none for a free run
 * @param parentId the usage id of the run whose service ordered it; null if none did
 * @param jobId the job whose work it is; null if it is none's
 */
record OpenRun(
    long usageId,
    long orderId,
    long accountId,
    long userId,
    Long apiKeyId,
    String service,
    Credits price,
    Integer priceVersion,
    List<GrantShare> shares,
    String correlationId,
    Long parentId,
    Long jobId,
    OffsetDateTime startedAt,
    OffsetDateTime deadline) {
  static OpenRun of(Run run, List<GrantShare> shares) {
    Order order = run.order();
    return new OpenRun(
        run.usageId(),
        order.id(),
        order.user().accountId(),
        order.user().id(),
        order.apiKeyId().orElse(null),
        run.service().name(),
        run.price(),
        run.service().priceVersion(),
        shares,
        order.correlationId(),
        run.parentId(),
        order.jobId().orElse(null),
        order.startedAt(),
        order.deadline());
  }

  /** Whether it has more time than it had once. */
  boolean isExtended(OpenRun before) {
    return deadline.isAfter(before.deadline);
  }

  boolean isFree() {
    return price.isZero();
  }

  Hold hold() {
    return new Hold(accountId, usageId, shares);
  }
}
