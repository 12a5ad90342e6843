package io.quickscale.run;

import io.quickscale.service.ServiceUser;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What somebody wants to have run and pays for: one run or many. It holds credits for all of them
 * or for none, and has one answer; each of its runs ends by itself.
 *
 * @param id the usage id of its first run
 * @param user who ordered it; the user's account pays
 * @param apiKeyId the key that asked; empty for a caller in Java
 * @param key under which the answer is kept
 * @param correlationId ties its runs to the request in logs
 * @param deadline a lease: runs that have not ended by then may be given up, unless it was extended
 * @param outer the run whose service ordered it, if one did
 * @param jobId the job that it is the work of, if it is one's
 */
record Order(
    long id,
    ServiceUser user,
    Optional<Long> apiKeyId,
    Optional<IdempotencyKey> key,
    String correlationId,
    OffsetDateTime startedAt,
    OffsetDateTime deadline,
    Optional<Run> outer,
    Optional<Long> jobId) {}
