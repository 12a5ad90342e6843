package io.quickscale.pipeline;

import io.quickscale.db.Writes;
import io.quickscale.json.JsonCodec;
import io.quickscale.json.JsonText;
import io.quickscale.platform.Ids;
import io.quickscale.problem.Problem;
import io.quickscale.run.OrderRequest;
import io.quickscale.run.OrderStart;
import io.quickscale.run.Orders;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.Pipeline;
import io.quickscale.service.PipelineAnswer;
import io.quickscale.service.Pipelines;
import io.quickscale.service.ServiceUser;
import io.quickscale.service.StepValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Runs pipelines for callers in Java, who go in by the same door as all others. */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
public class PipelinesForAuthors implements Pipelines {
  @Inject PipelineRunner runner;
  @Inject NamedPipelines stored;
  @Inject Orders orders;
  @Inject JsonCodec codec;

  @Override
  public PipelineAnswer run(ServiceUser user, Pipeline pipeline, Object input) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("input", object(input));
    document.put("steps", pipeline.steps().stream().map(PipelinesForAuthors::step).toList());
    byte[] body = codec.write(document).getBytes(StandardCharsets.UTF_8);
    PipelineDocument read = codec.read(body, PipelineDocument.class);
    return run(user, runner.check(read), pipeline.name());
  }

  @Override
  public PipelineAnswer run(ServiceUser user, String name, Object input) {
    return run(user, runner.check(stored.require(name), object(input)), name);
  }

  private PipelineAnswer run(ServiceUser user, PipelinePlan plan, String name) {
    if (user.isWithinRun()) {
      throw new IllegalStateException(
          "A pipeline cannot be a part of a run: let the service run the steps one by one, with"
              + " service.run(context.user(), input)");
    }
    OrderRequest request =
        new OrderRequest(
            user,
            Optional.empty(),
            UUID.randomUUID().toString(),
            Optional.empty(),
            Optional.empty());
    OrderStart start = orders.start(request, plan.services(), Optional.empty(), writes -> {});
    Listener listener = new Listener(new ConcurrentHashMap<>());
    PipelineResult result =
        runner
            .walk(user, plan, ((OrderStart.Opened) start).order(), Map.of(), listener)
            .orElseThrow();
    return answer(name, result, listener.problems());
  }

  private static Map<String, Object> step(Pipeline.Step step) {
    Map<String, Object> input = new LinkedHashMap<>();
    step.input().forEach(value -> input.put(value.member(), written(value)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", step.id());
    document.put("service", step.service());
    document.put("input", input);
    if (step.when() != null) {
      Map<String, Object> when = new LinkedHashMap<>();
      when.put("$from", step.when());
      when.put("equals", step.equal());
      document.put("when", when);
    }
    return document;
  }

  private static Object written(StepValue value) {
    return value.pointer() == null ? value.value() : Map.of("$from", value.pointer());
  }

  private JsonObject object(Object input) {
    JsonValue value = input == null ? JsonValue.EMPTY_JSON_OBJECT : codec.toValue(input);
    if (value instanceof JsonObject object) {
      return object;
    }
    throw InvalidInputException.of("input", "must be an object, with a member for each value");
  }

  private static PipelineAnswer answer(
      String name, PipelineResult result, Map<String, Problem> problems) {
    List<PipelineAnswer.Step> steps =
        result.steps().stream()
            .map(
                step ->
                    new PipelineAnswer.Step(
                        step.id(),
                        step.service(),
                        step.status(),
                        step.creditsConsumed(),
                        step.usageId()))
            .toList();
    Optional<PipelineAnswer.Step> failed =
        steps.stream().filter(step -> step.id().equals(result.failedStep())).findFirst();
    return new PipelineAnswer(
        result.success(),
        name,
        result.pipelineResult(),
        steps,
        result.totalCredits(),
        result.creditsRemaining(),
        failed.map(PipelineAnswer.Step::id),
        failed.map(step -> problems.get(step.usageId())));
  }

  /**
   * Keeps problems as they are.
   *
   * @param problems by the usage id of the run
   */
  private record Listener(Map<String, Problem> problems) implements PipelineFollower {
    @Override
    public JsonText error(Problem problem, long usageId) {
      problems.put(Ids.format(usageId), problem);
      return new JsonText("{}");
    }

    @Override
    public void stepEnds(String step, StepEnd end, Writes writes) {
      // What the steps' own records say is enough.
    }

    @Override
    public boolean goesOn() {
      return true;
    }
  }
}
