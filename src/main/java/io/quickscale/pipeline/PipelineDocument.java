package io.quickscale.pipeline;

import jakarta.json.JsonObject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/**
 * A pipeline to be run once.
 *
 * @param input what steps take from {@code /input}; none is an empty one
 * @param steps each takes only from those before it
 */
public record PipelineDocument(
    JsonObject input, @NotNull List<@NotNull @Valid StepDocument> steps) {}
