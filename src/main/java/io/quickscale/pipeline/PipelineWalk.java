package io.quickscale.pipeline;

import io.quickscale.json.JsonText;
import io.quickscale.platform.Parallel;
import io.quickscale.problem.Problem;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The way of one pipeline: which step is next. Any number of threads may take steps from it; steps
 * that do not hang on each other are out at the same time. When a step has failed, no other begins.
 */
final class PipelineWalk implements Parallel.Work {
  private final PipelinePlan plan;
  private final StepInputs inputs;
  private final StepRuns runs;
  private final Function<JsonText, JsonValue> reader;
  private final BooleanSupplier goesOn;

  private final Map<Integer, StepEnd> ends = new HashMap<>();
  private final Map<Integer, JsonValue> results = new HashMap<>();
  private final Set<Integer> begun = new HashSet<>();
  private int tasks;
  private RuntimeException broken;

  /**
   * @param known the steps that have ended already, by their index
   * @param reader reads the results of steps
   * @param goesOn false: no step begins any more, and none is given back
   */
  PipelineWalk(
      PipelinePlan plan,
      Map<Integer, StepEnd> known,
      StepInputs inputs,
      StepRuns runs,
      Function<JsonText, JsonValue> reader,
      BooleanSupplier goesOn) {
    this.plan = plan;
    this.inputs = inputs;
    this.runs = runs;
    this.reader = reader;
    this.goesOn = goesOn;
    ends.putAll(known);
  }

  /**
   * The ends of all steps, by their index; empty if the walk was left before its end.
   *
   * @throws RuntimeException a step could not be ended
   */
  synchronized Optional<Map<Integer, StepEnd>> ends() {
    if (broken != null) {
      throw broken;
    }
    return ends.size() == plan.steps().size() ? Optional.of(Map.copyOf(ends)) : Optional.empty();
  }

  @Override
  public synchronized boolean isOver() {
    return tasks == 0 && (waiting().isEmpty() || !goesOn.getAsBoolean());
  }

  @Override
  public synchronized Optional<Runnable> next() {
    List<PlannedStep> waiting = waiting();
    if (waiting.isEmpty() || !goesOn.getAsBoolean()) {
      return Optional.empty();
    }
    if (mustEnd()) {
      return Optional.of(giveBack(waiting, StepStatus.NOT_REACHED));
    }
    List<PlannedStep> skipped = skip(waiting);
    if (!skipped.isEmpty()) {
      return Optional.of(giveBack(skipped, StepStatus.SKIPPED));
    }
    return waiting.stream().filter(this::isReady).findFirst().map(this::begin);
  }

  private List<PlannedStep> waiting() {
    return plan.steps().stream()
        .filter(step -> !begun.contains(step.index()) && !ends.containsKey(step.index()))
        .toList();
  }

  private boolean mustEnd() {
    return broken != null || ends.values().stream().anyMatch(end -> !end.status().letsOthersGoOn());
  }

  private boolean isReady(PlannedStep step) {
    return ends.keySet().containsAll(step.hangsOn());
  }

  /** In their order, so that what hangs on a step that is skipped here is found behind it. */
  private List<PlannedStep> skip(List<PlannedStep> waiting) {
    List<PlannedStep> skipped = new ArrayList<>();
    Set<Integer> gone = new HashSet<>();
    ends.forEach(
        (index, end) -> {
          if (end.status() == StepStatus.SKIPPED) {
            gone.add(index);
          }
        });
    for (PlannedStep step : waiting) {
      if (step.hangsOn().stream().anyMatch(gone::contains) || (isReady(step) && !isWanted(step))) {
        gone.add(step.index());
        skipped.add(step);
      }
    }
    return skipped;
  }

  private boolean isWanted(PlannedStep step) {
    return step.when()
        .map(
            when ->
                value(when.source())
                    .filter(found -> JsonEquality.same(found, when.wanted()))
                    .isPresent())
        .orElse(true);
  }

  private Runnable giveBack(List<PlannedStep> steps, StepStatus status) {
    steps.forEach(step -> ends.put(step.index(), StepEnd.unrun(status, runs.usageId(step))));
    return task(() -> runs.giveBack(steps, status));
  }

  private Runnable begin(PlannedStep step) {
    begun.add(step.index());
    return task(() -> ended(step, run(step)));
  }

  private StepEnd run(PlannedStep step) {
    Object stepInput;
    try {
      stepInput = inputs.resolve(step, this::value);
    } catch (Problem wrong) {
      return runs.refuse(step, wrong);
    }
    return runs.run(step, stepInput);
  }

  private synchronized void ended(PlannedStep step, StepEnd end) {
    ends.put(step.index(), end);
  }

  /** What goes wrong here is nobody's input: the walk ends with it. */
  private Runnable task(Runnable work) {
    tasks++;
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        breakOff(e);
      } finally {
        taskDone();
      }
    };
  }

  private synchronized void breakOff(RuntimeException e) {
    if (broken == null) {
      broken = e;
    } else {
      broken.addSuppressed(e);
    }
  }

  private synchronized void taskDone() {
    tasks--;
  }

  /** What a source has, if the step that it names has succeeded. */
  private synchronized Optional<JsonValue> value(Source source) {
    if (source.step().isEmpty()) {
      return source.within().in(plan.input(), false);
    }
    PlannedStep step = plan.step(source.step().get());
    JsonValue result =
        results.computeIfAbsent(step.index(), index -> reader.apply(ends.get(index).result()));
    boolean isNamed =
        step.service()
            .outputSchema()
            .filter(schema -> SchemaPlace.of(schema, source.within()) == SchemaPlace.NAMED)
            .isPresent();
    return source.within().in(result, isNamed);
  }
}
