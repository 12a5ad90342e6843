package io.quickscale.pipeline;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * A version of a stored pipeline; never changes.
 *
 * @param version counts the versions of its name, from 1
 * @param storedAt when this version was
 */
public record NamedPipeline(
    String name,
    int version,
    String description,
    List<StepDocument> steps,
    OffsetDateTime storedAt) {}
