package io.quickscale.job;

import io.quickscale.run.IdempotencyKey;
import io.quickscale.service.ServiceUser;
import java.util.Optional;

/**
 * A job as a client asks for it.
 *
 * @param apiKeyId the key that asks; empty for a caller in Java
 * @param correlationId ties its runs to the request in logs
 * @param key under which its answer is kept
 */
public record JobRequest(
    ServiceUser user,
    Optional<Long> apiKeyId,
    String correlationId,
    Optional<IdempotencyKey> key) {}
