package io.quickscale.run;

import io.quickscale.platform.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The items of a batch, on their way. */
final class BatchWork implements Parallel.Work {
  private final OpenOrder order;
  private final List<OrderedRun> runs;
  private final List<?> inputs;
  private final RunAnswer[] answers;
  private int next;

  BatchWork(OpenOrder order, List<?> inputs) {
    this.order = order;
    this.runs = order.runs();
    this.inputs = inputs;
    this.answers = new RunAnswer[inputs.size()];
  }

  @Override
  public synchronized Optional<Runnable> next() {
    if (isOver()) {
      return Optional.empty();
    }
    int index = next++;
    return Optional.of(
        () ->
            order.executeAndSettleLater(
                runs.get(index).usageId(),
                inputs.get(index),
                Alongside.NOTHING,
                answer -> set(index, answer)));
  }

  @Override
  public synchronized boolean isOver() {
    return next == inputs.size();
  }

  /** How the items ended, in their order; waits until they are settled. */
  List<RunAnswer> answers() {
    order.flush();
    synchronized (this) {
      return Arrays.asList(answers);
    }
  }

  private synchronized void set(int index, RunAnswer answer) {
    answers[index] = answer;
  }
}
