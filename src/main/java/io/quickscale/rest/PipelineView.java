package io.quickscale.rest;

import io.quickscale.definition.RegistrationRules;
import io.quickscale.pipeline.NamedPipeline;
import io.quickscale.pipeline.StepDocument;
import jakarta.json.JsonObject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A stored pipeline.
 *
 * @param version counts what has been stored under this name, from 1
 * @param updatedAt when this version was stored
 */
public record PipelineView(
    String name,
    String description,
    int version,
    List<StepDocument> steps,
    OffsetDateTime updatedAt) {

  /**
   * A pipeline to be stored.
   *
   * @param description null for none
   */
  public record PipelineDefinition(
      @Size(max = RegistrationRules.MAX_DESCRIPTION) String description,
      @NotNull List<@NotNull @Valid StepDocument> steps) {

    String descriptionOrNone() {
      return description == null ? "" : description;
    }
  }

  /** What a stored pipeline is run with. */
  public record PipelineInputRequest(JsonObject input) {}

  static PipelineView of(NamedPipeline pipeline) {
    return new PipelineView(
        pipeline.name(),
        pipeline.description(),
        pipeline.version(),
        pipeline.steps(),
        pipeline.storedAt());
  }
}
