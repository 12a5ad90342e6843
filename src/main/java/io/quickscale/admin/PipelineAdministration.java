package io.quickscale.admin;

import io.quickscale.access.Actor;
import io.quickscale.definition.NameForm;
import io.quickscale.pipeline.NamedPipeline;
import io.quickscale.pipeline.NamedPipelines;
import io.quickscale.pipeline.PipelineRunner;
import io.quickscale.pipeline.StepDocument;
import io.quickscale.service.InvalidInputException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pipelines as operators store them. */
@ApplicationScoped
public class PipelineAdministration {
  /** Words that have another meaning in their place in a path. */
  private static final Set<String> RESERVED = Set.of("run", "jobs");

  @Inject PipelineRunner runner;
  @Inject NamedPipelines pipelines;
  @Inject AuditLog log;

  /** A pipeline as the audit log keeps it. */
  public record PipelineState(String description, int version, List<StepDocument> steps) {
    static PipelineState of(NamedPipeline pipeline) {
      return new PipelineState(pipeline.description(), pipeline.version(), pipeline.steps());
    }
  }

  /**
   * Stores a pipeline, as a new version if there is one of this name; what runs goes on with the
   * version that it began with. What is so already is neither written nor noted.
   *
   * @throws InvalidInputException with all that is wrong
   */
  @Transactional
  public NamedPipeline store(
      Actor actor, String name, String description, List<StepDocument> steps) {
    requireName(name);
    runner.check(steps);
    Optional<NamedPipeline> before = pipelines.find(name);
    if (before.filter(now -> isSame(now, description, steps)).isPresent()) {
      return before.get();
    }
    NamedPipeline after = pipelines.store(name, description, steps);
    log.record(
        actor,
        before.isPresent() ? "change_pipeline" : "create_pipeline",
        target(name),
        before.map(PipelineState::of).orElse(null),
        PipelineState.of(after));
    return after;
  }

  /** See {@link NamedPipelines#remove}. */
  @Transactional
  public void remove(Actor actor, String name) {
    NamedPipeline last = pipelines.remove(name);
    log.record(actor, "remove_pipeline", target(name), PipelineState.of(last), null);
  }

  private static boolean isSame(NamedPipeline now, String description, List<StepDocument> steps) {
    return now.description().equals(description) && now.steps().equals(steps);
  }

  private static void requireName(String name) {
    if (!NameForm.isValid(name) || RESERVED.contains(name)) {
      throw InvalidInputException.of(
          "name",
          "must be a lower-case letter followed by up to 63 lower-case letters, digits or _, and not "
              + String.join(" or ", RESERVED.stream().sorted().toList()));
    }
  }

  private static String target(String name) {
    return "pipeline/" + name;
  }
}
