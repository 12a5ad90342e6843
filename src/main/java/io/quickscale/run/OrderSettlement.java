package io.quickscale.run;

import io.quickscale.db.Written;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.ServiceTimeoutProblem;
import io.quickscale.run.RunCommand.Finish;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Settles the runs of an order together: whoever has executed one and finds nobody settling does
 * it, for all that ended meanwhile; the others go on with the next run.
 */
final class OrderSettlement {
  /** More that waits is not let grow: who executes then waits for it. */
  private static final int MOST_WAITING = 256;

  /** Many orders at a time must not fill the writer's queue. */
  private static final int MOST_AT_A_TIME = 64;

  private final RunWriter writer;
  private final RunReport report;
  private List<Ended> waiting = new ArrayList<>();
  private boolean isSettling;

  private record Ended(Finish finish, Consumer<RunAnswer> then) {}

  OrderSettlement(RunWriter writer, RunReport report) {
    this.writer = writer;
    this.report = report;
  }

  /** Settles one now or a moment later, on this thread or another. */
  void settle(Finish finish, Consumer<RunAnswer> then) {
    synchronized (this) {
      add(finish, then);
      if (isSettling && waiting.size() < MOST_WAITING) {
        return;
      }
    }
    flush();
  }

  /** Notes one, to be settled by the next {@link #flush}. */
  synchronized void add(Finish finish, Consumer<RunAnswer> then) {
    waiting.add(new Ended(finish, then));
  }

  /** Returns when all that was to be settled before is. */
  void flush() {
    for (List<Ended> group = take(); !group.isEmpty(); group = take()) {
      try {
        settle(group);
      } finally {
        release();
      }
    }
  }

  private synchronized List<Ended> take() {
    boolean interrupted = false;
    while (isSettling) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    int size = Math.min(waiting.size(), MOST_AT_A_TIME);
    List<Ended> group = waiting.subList(0, size);
    waiting = new ArrayList<>(waiting.subList(size, waiting.size()));
    isSettling = !group.isEmpty();
    return group;
  }

  private synchronized void release() {
    isSettling = false;
    notifyAll();
  }

  private void settle(List<Ended> group) {
    List<Written<Settled>> settled = writer.finishAll(group.stream().map(Ended::finish).toList());
    for (int i = 0; i < group.size(); i++) {
      Ended ended = group.get(i);
      ended.then().accept(answer(ended.finish(), settled.get(i)));
    }
  }

  private RunAnswer answer(Finish finish, Written<Settled> written) {
    if (written.failure() == null) {
      report.ended(written.result());
      return RunAnswer.of(written.result());
    }
    return RunAnswer.unwritten(finish.run(), told(finish, written.failure()));
  }

  private static Problem told(Finish finish, RuntimeException failure) {
    if (failure instanceof ConflictProblem) {
      return new ServiceTimeoutProblem(finish.run().service());
    }
    return failure instanceof Problem problem ? problem : HttpProblem.of(503);
  }
}
