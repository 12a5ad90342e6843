package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.problem.CancelledProblem;
import io.quickscale.problem.Problem;
import io.quickscale.run.RunCommand.Finish;
import io.quickscale.service.ServiceNotFoundException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An order of many runs that this node works on. Threads may share it. */
public final class OpenOrder {
  private final Order order;
  private final Map<Long, Run> runs;
  private final Map<Long, OpenRun> open;
  private final OrderSettlement settlement;
  private final Execution execution;
  private final Execution.Sink sink;
  private final OrderLease lease;
  private final int width;
  private final Set<Thread> executing = new HashSet<>();
  private boolean isInterrupted;

  /**
   * @param runs those whose services are deployed
   * @param open what has not ended, by its usage id
   * @param sink takes the results
   * @param width how many may be executed at a time
   */
  OpenOrder(
      Order order,
      List<Run> runs,
      Map<Long, OpenRun> open,
      OrderSettlement settlement,
      Execution execution,
      Execution.Sink sink,
      OrderLease lease,
      int width) {
    this.order = order;
    this.runs = runs.stream().collect(Collectors.toMap(Run::usageId, run -> run));
    this.open = new ConcurrentHashMap<>(open);
    this.settlement = settlement;
    this.execution = execution;
    this.sink = sink;
    this.lease = lease;
    this.width = width;
  }

  Order order() {
    return order;
  }

  /** The usage id of its first run. */
  public long id() {
    return order.id();
  }

  /** How many of its runs may be executed at a time. */
  public int width() {
    return width;
  }

  /** What has not ended, in its order. */
  public List<OrderedRun> runs() {
    return open.values().stream()
        .map(run -> new OrderedRun(run.usageId(), run.service(), run.price()))
        .sorted(Comparator.comparingLong(OrderedRun::usageId))
        .toList();
  }

  /**
   * Executes a run on this thread and settles it. Throws nothing for one that fails.
   *
   * @return how it ended, when that is durable
   */
  public RunAnswer execute(long usageId, Object input, Alongside alongside) {
    AtomicReference<RunAnswer> answer = new AtomicReference<>();
    executeAndSettleLater(usageId, input, alongside, answer::set);
    settlement.flush();
    return answer.get();
  }

  /**
   * Executes a run on this thread; it is settled a moment later, together with others.
   *
   * @param then is told how it ended, when that is durable
   */
  public void executeAndSettleLater(
      long usageId, Object input, Alongside alongside, Consumer<RunAnswer> then) {
    OpenRun run = open.remove(usageId);
    if (!runs.containsKey(usageId)) {
      end(run, failed(new ServiceNotFoundException(run.service())), alongside, then);
      return;
    }
    lease.begin();
    end(run, execute(runs.get(usageId), input), alongside, then);
  }

  /** Ends a run that cannot be executed; it costs nothing. */
  public RunAnswer refuse(long usageId, Problem problem, Alongside alongside) {
    AtomicReference<RunAnswer> answer = new AtomicReference<>();
    end(open.remove(usageId), failed(problem), alongside, answer::set);
    settlement.flush();
    return answer.get();
  }

  /**
   * Gives back runs that have not begun.
   *
   * @param why stands on their records
   * @return how each ended, in the order of the ids; those that have begun are left out
   */
  public List<RunAnswer> cancel(Collection<Long> usageIds, Problem why, Alongside alongside) {
    List<RunAnswer> answers = new ArrayList<>();
    for (long usageId : usageIds) {
      OpenRun run = open.remove(usageId);
      if (run != null) {
        settlement.add(
            new Finish(run, RunEnd.cancelled(why, 0), Optional.empty(), alongside), answers::add);
      }
    }
    settlement.flush();
    return answers;
  }

  /** Returns when all that has been executed is settled. */
  public void flush() {
    settlement.flush();
  }

  /** Interrupts what is being executed, and what is begun later: it is given back. */
  public synchronized void interrupt() {
    isInterrupted = true;
    executing.forEach(Thread::interrupt);
  }

  private RunEnd execute(Run run, Object input) {
    enter();
    RunEnd end;
    try {
      end = execution.executeApart(run, input, sink);
    } finally {
      leave();
    }
    return end.problem().isPresent() && isInterrupted()
        ? RunEnd.cancelled(
                new CancelledProblem("It was cancelled while it ran, and costs nothing."),
                end.attempts())
            .with(InnerEnd.ALL_BACK)
        : end;
  }

  private synchronized void enter() {
    executing.add(Thread.currentThread());
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** An interrupt that came late must hit nothing else. */
  private synchronized void leave() {
    executing.remove(Thread.currentThread());
    if (isInterrupted) {
      Thread.interrupted();
    }
  }

  private synchronized boolean isInterrupted() {
    return isInterrupted;
  }

  private static RunEnd failed(Problem problem) {
    return RunEnd.failed(problem, Credits.ZERO, 0);
  }

  private void end(OpenRun run, RunEnd end, Alongside alongside, Consumer<RunAnswer> then) {
    settlement.settle(new Finish(run, end, Optional.empty(), alongside), then);
  }
}
