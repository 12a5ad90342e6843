package io.quickscale.db;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Gathers what many threads want to write into few transactions. A thread that comes while nobody
 * writes is the writer, at once and without a timer; those that come meanwhile wait in the queue of
 * their lane, and one of them then writes all that waits. Commands with the same key go to the same
 * lane in their order, so that lanes never wait for each other's rows.
 *
 * <p>Nobody waits without end. Whoever has waited in the queue for as long as allowed, or is
 * interrupted there, leaves it: the command is not written. A command that is being written waits
 * for its outcome, even if interrupted, for as long again. The thread that writes is bound by what
 * the database and its driver allow: time-outs of locks, statements and sockets.
 *
 * <p>If a transaction fails, its commands are told apart: a poisoned one fails alone, and so does
 * what waits for rows that somebody else has locked. If the database is away, all of them fail.
 *
 * @param <C> a command
 * @param <R> its result
 */
public final class GroupCommit<C, R> implements AutoCloseable {
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Limits limits;
  private final List<Lane<C, R>> lanes;

  /**
   * How much, and how long.
   *
   * @param lanes how many transactions are written at a time
   * @param capacity the most commands that wait in one lane; one more is refused
   * @param maxGroup the most commands of one transaction, asked for each
   * @param maxWait the longest wait in the queue, and again for what is being written; a lane that
   *     is at one group for longer is stuck
   * @param lockWait the longest wait of a transaction for rows that somebody else has locked
   * @param nanos a clock in nanoseconds that is never set
   */
  public record Limits(
      int lanes,
      int capacity,
      IntSupplier maxGroup,
      Supplier<Duration> maxWait,
      Duration lockWait,
      LongSupplier nanos) {}

  /**
   * @param transaction called on the threads that call {@link #write}, one of each lane at a time
   */
  public GroupCommit(Limits limits, GroupTransaction<C, R> transaction) {
    this.limits = limits;
    this.lanes =
        Stream.generate(() -> new Lane<>(limits, transaction)).limit(limits.lanes()).toList();
  }

  /**
   * Writes a command and waits until it is durable.
   *
   * @param key decides the lane; what the rows that the command locks belong to
   * @throws NotWrittenException the queue is full, the wait too long, the key's rows are locked by
   *     somebody else, or this is closed
   * @throws OutcomeUnknownException it is still being written after the longest wait
   * @throws RuntimeException what the transaction failed with; when the database went away in it,
   *     it may have been written
   */
  public R write(long key, C command) {
    return lane(key).write(key, command);
  }

  /**
   * Writes commands with the same key, together where they find room, and waits until each is
   * durable or has failed.
   *
   * @return what became of each, in their order
   */
  public List<Written<R>> writeAll(long key, List<C> commands) {
    return lane(key).writeAll(key, commands);
  }

  /** How many transactions are written at a time. */
  public int lanes() {
    return lanes.size();
  }

  /** The most commands that wait in all lanes together. */
  public int capacity() {
    return lanes.size() * limits.capacity();
  }

  /** How many commands wait. */
  public int waiting() {
    return lanes.stream().mapToInt(Lane::waiting).sum();
  }

  /** How full the fullest lane's queue is; at 100 it refuses commands. */
  public int fillPercent() {
    int fullest = lanes.stream().mapToInt(Lane::waiting).max().orElse(0);
    return (int) (100L * fullest / limits.capacity());
  }

  /** How long the slowest of the transactions that are being written has taken so far. */
  public Duration writingFor() {
    return lanes.stream()
        .map(Lane::writingFor)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /**
   * How many keys are refused, or only tried by themselves, since somebody else has locked them.
   */
  public int lockedKeys() {
    return lanes.stream().mapToInt(Lane::lockedKeys).sum();
  }

  /**
   * Whether all lanes go on: none is at one transaction for longer than the longest wait, and none
   * met an error, of the virtual machine for example, with its latest one.
   */
  public boolean isWell() {
    return writingFor().compareTo(limits.maxWait().get()) <= 0
        && lanes.stream().noneMatch(Lane::isBroken);
  }

  /** Takes no more commands, and waits until those that wait are written. */
  @Override
  public void close() {
    lanes.forEach(Lane::close);
    long deadline = limits.nanos().getAsLong() + DRAIN_NANOS;
    try {
      for (Lane<C, R> lane : lanes) {
        lane.awaitIdle(deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Lane<C, R> lane(long key) {
    return lanes.get(Math.floorMod(Long.hashCode(key * 0x9E3779B97F4A7C15L), lanes.size()));
  }
}
