package io.quickscale.job;

import io.quickscale.credit.Credits;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * An order in the background, as it stands.
 *
 * @param orderId the usage id of its first run
 * @param apiKeyId the key that asked; empty for a caller in Java
 * @param service of its runs
 * @param priority 0 to 9, the highest first
 * @param cancelRequested whether somebody wants it no more
 * @param held what is set aside for what has not ended
 * @param consumed what has been charged
 * @param revision grows with each change
 * @param keptUntil when its inputs and results are deleted; empty while it goes on
 */
public record Job(
    long id,
    long orderId,
    long accountId,
    long userId,
    Optional<Long> apiKeyId,
    String correlationId,
    JobKind kind,
    String service,
    int priority,
    JobStatus status,
    boolean cancelRequested,
    JobProgress progress,
    Credits held,
    Credits consumed,
    long revision,
    OffsetDateTime createdAt,
    Optional<OffsetDateTime> startedAt,
    Optional<OffsetDateTime> finishedAt,
    Optional<OffsetDateTime> keptUntil) {
  /** The same, of an order that has its id now. */
  Job of(long order) {
    return new Job(
        id,
        order,
        accountId,
        userId,
        apiKeyId,
        correlationId,
        kind,
        service,
        priority,
        status,
        cancelRequested,
        progress,
        held,
        consumed,
        revision,
        createdAt,
        startedAt,
        finishedAt,
        keptUntil);
  }
}
