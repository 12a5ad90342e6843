package io.quickscale.service;

/**
 * Runs pipelines from Java, for those who call services: {@code @Inject Pipelines pipelines}. The
 * most that all steps can cost is held before the first one runs; each is charged by itself, and
 * what does not run is given back.
 */
public interface Pipelines {
  /**
   * Runs a pipeline and waits for its end.
   *
   * @param input what steps take from {@code /input}: an object that has a JSON form; null for none
   * @return also when a step failed
   * @throws InvalidInputException the pipeline is wrong, or the input is: all that is wrong with
   *     it; nothing ran
   * @throws InsufficientCreditsException the user cannot pay for all steps; nothing ran
   * @throws IllegalStateException the user is within a run, of which a pipeline cannot be a part
   */
  PipelineAnswer run(ServiceUser user, Pipeline pipeline, Object input);

  /**
   * Runs a pipeline that an operator has stored, likewise.
   *
   * @throws io.quickscale.problem.NotFoundProblem there is none of this name
   */
  PipelineAnswer run(ServiceUser user, String name, Object input);
}
