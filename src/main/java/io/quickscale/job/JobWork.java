package io.quickscale.job;

import io.quickscale.credit.Credits;
import io.quickscale.job.JobTable.Input;
import io.quickscale.job.JobTable.Totals;
import io.quickscale.platform.Parallel;
import io.quickscale.run.OpenOrder;
import io.quickscale.run.OrderedRun;
import io.quickscale.run.RunAnswer;
import io.quickscale.run.Usage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A job on the node that works on it: what has not ended of it, a few inputs in memory at a time.
 */
final class JobWork implements Parallel.Work {
  private final OpenOrder order;
  private final Set<Long> toRun;
  private final IntFunction<List<Input>> inputs;
  private final BooleanSupplier givesWay;
  private final Item item;
  private final Queue<Input> read = new ArrayDeque<>();
  private int nextIndex;
  private boolean isRead;
  private boolean isPaused;
  private boolean isCancelled;
  private int results;
  private int failed;
  private Credits consumed;

  /** Does one item, and tells the work how it ended. Throws nothing. */
  interface Item {
    void run(Input input, JobWork work);
  }

  /**
   * @param before what has ended before
   * @param inputs gives the next few from an index on; none behind the last
   * @param givesWay whether it is to leave its place to others, asked before each item
   */
  JobWork(
      OpenOrder order,
      Totals before,
      IntFunction<List<Input>> inputs,
      BooleanSupplier givesWay,
      Item item) {
    this.order = order;
    this.toRun = order.runs().stream().map(OrderedRun::usageId).collect(Collectors.toSet());
    this.results = before.results();
    this.failed = before.failed();
    this.consumed = before.consumed();
    this.inputs = inputs;
    this.givesWay = givesWay;
    this.item = item;
    this.isRead = toRun.isEmpty();
  }

  OpenOrder order() {
    return order;
  }

  @Override
  public synchronized Optional<Runnable> next() {
    if (isOver()) {
      return Optional.empty();
    }
    isPaused = givesWay.getAsBoolean();
    while (read.isEmpty() && !isOver()) {
      readOn();
    }
    return isOver() ? Optional.empty() : Optional.of(read.remove()).map(this::task);
  }

  private Runnable task(Input input) {
    return () -> item.run(input, this);
  }

  private void readOn() {
    List<Input> some = inputs.apply(nextIndex);
    some.stream().filter(input -> toRun.contains(input.usageId())).forEach(read::add);
    isRead = some.isEmpty();
    nextIndex += some.size();
  }

  @Override
  public synchronized boolean isOver() {
    return isPaused || isCancelled || isRead && read.isEmpty();
  }

  /** What runs comes to its end, and nothing more is begun here. */
  synchronized void pause() {
    isPaused = true;
  }

  /** Nothing more is begun, and what runs is interrupted. */
  void cancel() {
    synchronized (this) {
      isCancelled = true;
    }
    order.interrupt();
  }

  synchronized boolean isCancelled() {
    return isCancelled;
  }

  /** How an item ended. */
  synchronized void ended(RunAnswer answer) {
    if (answer.status() != Usage.Status.CANCELLED) {
      results++;
      failed += answer.isSuccess() ? 0 : 1;
      consumed = consumed.plus(answer.cost());
    }
  }

  /** How far it is. */
  synchronized Totals totals() {
    return new Totals(results, failed, consumed);
  }
}
