package io.quickscale.run;

import io.quickscale.service.ServiceUser;
import java.util.Optional;

/**
 * A run as a client asks for it.
 *
 * @param apiKeyId the key that asks; empty if none does
 * @param body the service's input as JSON in UTF-8
 * @param correlationId ties the run to the request in logs
 */
public record RunRequest(
    ServiceUser user,
    Optional<Long> apiKeyId,
    String service,
    byte[] body,
    String correlationId,
    Optional<IdempotencyKey> key) {}
