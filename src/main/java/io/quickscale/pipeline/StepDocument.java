package io.quickscale.pipeline;

import jakarta.json.JsonObject;
import jakarta.validation.constraints.NotNull;

/**
 * A step as a document says it.
 *
 * @param id a name of its own: a lower-case letter, then up to 63 lower-case letters, digits or _
 * @param service the service that runs
 * @param input its input; {@code {"$from": pointer}} stands for a value from before. None is an
 *     empty one
 * @param when {@code {"$from": pointer, "equals": value}}: otherwise the step is skipped, and what
 *     hangs on it; null: always
 */
public record StepDocument(
    @NotNull String id, @NotNull String service, JsonObject input, JsonObject when) {}
