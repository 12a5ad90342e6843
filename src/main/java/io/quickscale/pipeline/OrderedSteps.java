package io.quickscale.pipeline;

import io.quickscale.json.JsonText;
import io.quickscale.problem.Problem;
import io.quickscale.problem.StepNotReachedProblem;
import io.quickscale.problem.StepSkippedProblem;
import io.quickscale.run.Alongside;
import io.quickscale.run.OpenOrder;
import io.quickscale.run.OrderedRun;
import io.quickscale.run.RunAnswer;
import io.quickscale.run.Usage;
import io.quickscale.service.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The steps of a pipeline as runs of an order, one each. */
final class OrderedSteps implements StepRuns {
  private final OpenOrder order;
  private final PipelineFollower follower;
  private final Map<Integer, Long> usageIds = new HashMap<>();

  /**
   * @param open the steps that have not ended, in their order, which is that of the order's runs
   * @throws IllegalStateException the order's runs are not theirs
   */
  OrderedSteps(OpenOrder order, List<PlannedStep> open, PipelineFollower follower) {
    this.order = order;
    this.follower = follower;
    List<OrderedRun> runs = order.runs();
    if (!runs.stream()
        .map(OrderedRun::service)
        .toList()
        .equals(open.stream().map(step -> step.service().name()).toList())) {
      throw new IllegalStateException(
          "The runs of the order %d are not those of the pipeline's steps".formatted(order.id()));
    }
    for (int i = 0; i < runs.size(); i++) {
      usageIds.put(open.get(i).index(), runs.get(i).usageId());
    }
  }

  @Override
  public StepEnd run(PlannedStep step, Object input) {
    UnaryOperator<Problem> byStep = problem -> ofStep(step, problem);
    return end(order.execute(usageId(step), input, alongside(step, byStep)), byStep);
  }

  @Override
  public StepEnd refuse(PlannedStep step, Problem problem) {
    UnaryOperator<Problem> asItIs = UnaryOperator.identity();
    return end(order.refuse(usageId(step), problem, alongside(step, asItIs)), asItIs);
  }

  @Override
  public void giveBack(List<PlannedStep> steps, StepStatus status) {
    Map<Long, String> ids = new HashMap<>();
    steps.forEach(step -> ids.put(usageId(step), step.id()));
    order.cancel(
        steps.stream().map(this::usageId).toList(),
        why(status),
        (answer, writes) ->
            follower.stepEnds(
                ids.get(answer.usageId()), StepEnd.unrun(status, answer.usageId()), writes));
  }

  @Override
  public long usageId(PlannedStep step) {
    return usageIds.get(step.index());
  }

  private Alongside alongside(PlannedStep step, UnaryOperator<Problem> byStep) {
    return (answer, writes) -> follower.stepEnds(step.id(), end(answer, byStep), writes);
  }

  private StepEnd end(RunAnswer answer, UnaryOperator<Problem> byStep) {
    return new StepEnd(
        status(answer.status()),
        answer.usageId(),
        (JsonText) answer.result(),
        answer
            .problem()
            .map(problem -> follower.error(byStep.apply(problem), answer.usageId()))
            .orElse(null),
        answer.cost(),
        answer.duration().toMillis());
  }

  /** A service knows its input, and not that it is a step's. */
  private static Problem ofStep(PlannedStep step, Problem problem) {
    return problem instanceof InvalidInputException wrong
        ? new InvalidInputException(Place.ofInput(step.field()).violations(wrong))
        : problem;
  }

  private static StepStatus status(Usage.Status status) {
    return switch (status) {
      case SUCCEEDED -> StepStatus.SUCCEEDED;
      case CANCELLED -> StepStatus.CANCELLED;
      default -> StepStatus.FAILED;
    };
  }

  private static Problem why(StepStatus status) {
    return status == StepStatus.SKIPPED ? new StepSkippedProblem() : new StepNotReachedProblem();
  }
}
