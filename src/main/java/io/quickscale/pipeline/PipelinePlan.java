package io.quickscale.pipeline;

import io.quickscale.registry.RegisteredService;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** A pipeline that has been checked as a whole, with the services as they were then. */
public final class PipelinePlan {
  private final List<PlannedStep> steps;
  private final String name;
  private final Integer version;
  private final JsonObject input;

  private PipelinePlan(List<PlannedStep> steps, String name, Integer version, JsonObject input) {
    this.steps = List.copyOf(steps);
    this.name = name;
    this.version = version;
    this.input = input;
  }

  PipelinePlan(List<PlannedStep> steps) {
    this(steps, null, null, JsonValue.EMPTY_JSON_OBJECT);
  }

  /**
   * The same with what its steps take from {@code /input}.
   *
   * @param newInput null for nothing
   */
  public PipelinePlan with(JsonObject newInput) {
    return newInput == null ? this : new PipelinePlan(steps, name, version, newInput);
  }

  /** The same as a version of a stored pipeline. */
  public PipelinePlan of(NamedPipeline stored) {
    return new PipelinePlan(steps, stored.name(), stored.version(), input);
  }

  /** Null if it is none that is stored. */
  String name() {
    return name;
  }

  /** Null if it is none that is stored. */
  Integer version() {
    return version;
  }

  JsonObject input() {
    return input;
  }

  List<PlannedStep> steps() {
    return steps;
  }

  PlannedStep step(String id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst().orElseThrow();
  }

  /** The services that it runs, one a step, in the order of the steps. */
  public List<RegisteredService> services() {
    return steps.stream().map(PlannedStep::service).toList();
  }
}
