package io.quickscale.run;

import io.quickscale.service.ServiceUser;
import java.util.Optional;

/**
 * Who orders many runs, and how.
 *
 * @param apiKeyId the key that asks; empty if none does
 * @param correlationId ties the runs to the request in logs
 * @param key under which the order's answer is kept
 * @param jobId the job whose work they are, if they are one's
 */
public record OrderRequest(
    ServiceUser user,
    Optional<Long> apiKeyId,
    String correlationId,
    Optional<IdempotencyKey> key,
    Optional<Long> jobId) {}
