package io.quickscale.db;

import io.quickscale.problem.HttpProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gathers what many threads want to write into few transactions. Each lane is one thread with a
 * queue: it takes all that is waiting, at once and without a timer, and hands it to the batch
 * function, which is one transaction. Commands with the same key go to the same lane in their
 * order, so that lanes never wait for each other's rows.
 *
 * <p>If a batch fails, its commands are tried again one by one: a poisoned one fails alone. If the
 * database is away, all of them fail.
 *
 * @param <C> a command
 * @param <R> its result
 */
public final class GroupCommit<C, R> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(GroupCommit.class.getName());
  private static final long DRAIN_SECONDS = 20;

  private final Function<List<C>, List<R>> batch;
  private final int capacity;
  private final IntSupplier maxBatch;
  private final List<Lane> lanes = new ArrayList<>();
  private volatile boolean closed;

  /**
   * Starts the lanes.
   *
   * @param lanes how many threads write
   * @param capacity the most commands that wait in one lane; one more is refused
   * @param maxBatch the most commands of one transaction, asked for each
   * @param batch writes commands in one transaction and gives a result for each, in order
   */
  public GroupCommit(
      ThreadFactory threads,
      int lanes,
      int capacity,
      IntSupplier maxBatch,
      Function<List<C>, List<R>> batch) {
    this.batch = batch;
    this.capacity = capacity;
    this.maxBatch = maxBatch;
    for (int i = 0; i < lanes; i++) {
      Lane lane = new Lane(new ArrayBlockingQueue<>(capacity));
      this.lanes.add(lane);
      lane.start(threads);
    }
  }

  /**
   * Writes a command and waits until it is durable.
   *
   * @param key decides the lane
   * @throws HttpProblem 503: the lane's queue is full, or this is closed; nothing has been written
   */
  public R write(long key, C command) {
    Waiting<C, R> waiting = new Waiting<>(command, new CompletableFuture<>());
    BlockingQueue<Waiting<C, R>> queue = lane(key).queue;
    if (closed || !queue.offer(waiting)) {
      throw HttpProblem.of(503);
    }
    // Closed in between: its lane may have ended, and nobody would ever take the command.
    if (closed && queue.remove(waiting)) {
      throw HttpProblem.of(503);
    }
    try {
      return waiting.result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** How many threads write. */
  public int lanes() {
    return lanes.size();
  }

  /** The most commands that wait in all lanes together. */
  public int capacity() {
    return lanes.size() * capacity;
  }

  /** How many commands wait. */
  public int waiting() {
    return lanes.stream().mapToInt(lane -> lane.queue.size()).sum();
  }

  /** How full the fullest lane's queue is; at 100 it refuses commands. */
  public int fillPercent() {
    return lanes.stream().mapToInt(Lane::fillPercent).max().orElse(0);
  }

  /** Takes no more commands, writes those that wait, and ends the threads. */
  @Override
  public void close() {
    closed = true;
    lanes.forEach(Lane::end);
  }

  private Lane lane(long key) {
    return lanes.get(Math.floorMod(Long.hashCode(key * 0x9E3779B97F4A7C15L), lanes.size()));
  }

  private record Waiting<C, R>(C command, CompletableFuture<R> result) {}

  private final class Lane implements Runnable {
    private final BlockingQueue<Waiting<C, R>> queue;
    private Thread thread;

    Lane(BlockingQueue<Waiting<C, R>> queue) {
      this.queue = queue;
    }

    void start(ThreadFactory threads) {
      thread = threads.newThread(this);
      thread.start();
    }

    int fillPercent() {
      int waiting = queue.size();
      return 100 * waiting / (waiting + queue.remainingCapacity());
    }

    void end() {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void run() {
      while (!closed || !queue.isEmpty()) {
        List<Waiting<C, R>> taken = take();
        if (!taken.isEmpty()) {
          writeTogether(taken);
        }
      }
    }

    private List<Waiting<C, R>> take() {
      List<Waiting<C, R>> taken = new ArrayList<>();
      try {
        // Wakes up now and then to see whether it shall end.
        Waiting<C, R> first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          taken.add(first);
          queue.drainTo(taken, maxBatch.getAsInt() - 1);
        }
      } catch (InterruptedException e) {
        closed = true;
      }
      return taken;
    }

    private void writeTogether(List<Waiting<C, R>> taken) {
      try {
        List<R> results = batch.apply(taken.stream().map(Waiting::command).toList());
        for (int i = 0; i < taken.size(); i++) {
          taken.get(i).result.complete(results.get(i));
        }
      } catch (Throwable failure) {
        // With the database away each one would only wait for it in turn.
        if (taken.size() == 1 || DatabaseFailure.isOutage(failure)) {
          taken.forEach(one -> one.result.completeExceptionally(failure));
        } else {
          LOG.log(Level.FINE, "A batch failed; its commands are written one by one", failure);
          taken.forEach(one -> writeTogether(List.of(one)));
        }
      }
    }
  }
}
