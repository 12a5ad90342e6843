package io.quickscale.db;

import io.quickscale.db.Quarantine.Verdict;
import io.quickscale.db.Ticket.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A queue that the threads which wait in it serve themselves. Whoever comes when nobody writes
 * leads: it writes one group, its own command first, and appoints who then waits longest. So there
 * is no thread to hand a command to, and nobody works for others longer than for itself. The next
 * leader is appointed before the group is told its results: it writes while they wake up.
 */
final class Lane<C, R> {
  private static final long LONGEST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How much the latest group counts in the pace. */
  private static final double LATEST = 0.2;

  private final GroupCommit.Limits limits;
  private final GroupTransaction<C, R> transaction;
  private final Quarantine quarantine;
  private final Deque<Ticket<C, R>> queue = new ArrayDeque<>();

  /** As the latest leader found it configured: asking for each command would cost too much. */
  private volatile long patience;

  private boolean closed;
  private boolean isLed;
  private long ledSince;
  private double nanosPerCommand;
  private long lastError;
  private boolean isBroken;

  Lane(GroupCommit.Limits limits, GroupTransaction<C, R> transaction) {
    this.limits = limits;
    this.transaction = transaction;
    this.quarantine = new Quarantine(limits.nanos());
    this.patience = limits.maxWait().get().toNanos();
  }

  /** See {@link GroupCommit#write}. */
  R write(long key, C command) {
    Ticket<C, R> ticket = new Ticket<>(key, command);
    enter(ticket);
    leadIfAppointed(ticket);
    return ticket.resultOrThrow();
  }

  /** See {@link GroupCommit#writeAll}. */
  List<Written<R>> writeAll(long key, List<C> commands) {
    List<Ticket<C, R>> tickets =
        commands.stream().map(command -> new Ticket<C, R>(key, command)).toList();
    tickets.forEach(ticket -> attempt(ticket, () -> enter(ticket)));
    // In their order: none is appointed to lead before those in front of it have been taken.
    tickets.forEach(ticket -> attempt(ticket, () -> leadIfAppointed(ticket)));
    return tickets.stream().map(Ticket::written).toList();
  }

  private void leadIfAppointed(Ticket<C, R> ticket) {
    if (isToLead(ticket)) {
      lead(ticket);
    }
  }

  private static <C, R> void attempt(Ticket<C, R> ticket, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException failure) {
      ticket.fail(failure);
    }
  }

  synchronized int waiting() {
    return queue.size();
  }

  /** How many keys are known to be locked by somebody else. */
  int lockedKeys() {
    return quarantine.size();
  }

  /** For how long its leader has been at it. */
  synchronized Duration writingFor() {
    return isLed ? Duration.ofNanos(nanos() - ledSince) : Duration.ZERO;
  }

  /** Whether the latest group met an error, of the virtual machine for example, not long ago. */
  synchronized boolean isBroken() {
    return isBroken && nanos() - lastError < LONGEST_RETRY_NANOS;
  }

  /** Takes no more commands. */
  synchronized void close() {
    closed = true;
  }

  /** Waits until all that waits has been written, or until then. */
  synchronized void awaitIdle(long deadline) throws InterruptedException {
    long left = deadline - nanos();
    while (isLed && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - nanos();
    }
  }

  private synchronized void enter(Ticket<C, R> ticket) {
    if (closed) {
      throw new NotWrittenException("This node is stopping", Duration.ofSeconds(1));
    }
    if (quarantine.of(ticket.key()) == Verdict.LOCKED) {
      throw quarantine.refusal(ticket.key());
    }
    if (queue.size() >= limits.capacity()) {
      throw new NotWrittenException("The queue is full", timeToWrite());
    }
    queue.add(ticket);
    if (!isLed) {
      appoint(ticket);
    }
  }

  /** Waits until the ticket is to lead, or has ended. */
  private boolean isToLead(Ticket<C, R> ticket) {
    long begin = nanos();
    boolean interrupted = false;
    try {
      while (!ticket.is(State.LEADING) && !ticket.is(State.ENDED)) {
        long waited = nanos() - begin;
        if ((interrupted || waited >= patience) && leave(ticket)) {
          throw new NotWrittenException("It waited too long in the queue", timeToWrite());
        }
        // What is being written has its outcome soon: that is worth as long a wait again.
        if (waited >= 2 * patience && ticket.is(State.TAKEN)) {
          throw new OutcomeUnknownException(timeToWrite());
        }
        LockSupport.parkNanos(this, (waited < patience ? patience : 2 * patience) - waited);
        interrupted |= Thread.interrupted();
      }
      return ticket.is(State.LEADING);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized boolean leave(Ticket<C, R> ticket) {
    if (!ticket.is(State.QUEUED)) {
      return false;
    }
    ticket.become(State.LEFT);
    return queue.remove(ticket);
  }

  /** An interrupt is the leader's own business: it must not hit what it writes for others. */
  private void lead(Ticket<C, R> own) {
    boolean interrupted = Thread.interrupted();
    List<Ticket<C, R>> group = List.of();
    Round<C, R> round = null;
    try {
      group = take();
      patience = limits.maxWait().get().toNanos();
      round = new Round<>(transaction, quarantine, limits);
      round.write(group);
    } catch (Throwable failure) {
      // No memory for a list, for example. Whatever it is: all get an answer, and the lane lives.
      own.fail(failure);
      group.forEach(ticket -> ticket.fail(failure));
      round = null;
    } finally {
      handOver(own, group, round);
      group.forEach(Ticket::wakeOwner);
      if (interrupted || (round != null && round.wasInterrupted())) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized List<Ticket<C, R>> take() {
    int size = Math.min(queue.size(), Math.max(1, limits.maxGroup().getAsInt()));
    List<Ticket<C, R>> taken = new ArrayList<>(size);
    while (taken.size() < size) {
      Ticket<C, R> next = queue.remove();
      next.become(State.TAKEN);
      taken.add(next);
    }
    return taken;
  }

  private synchronized void handOver(
      Ticket<C, R> own, List<Ticket<C, R>> group, Round<C, R> round) {
    if (queue.peek() == own) {
      queue.remove();
    }
    if (round == null || round.error() != null) {
      isBroken = true;
      lastError = nanos();
    } else if (round.outage() == null) {
      isBroken = false;
      keepPace(group.size(), round.taken());
    } else if (isStuck()) {
      answerAll(round.outage());
    }
    isLed = false;
    if (!queue.isEmpty()) {
      appoint(queue.peek());
    }
    notifyAll();
  }

  private void appoint(Ticket<C, R> leader) {
    isLed = true;
    ledSince = nanos();
    leader.become(State.LEADING);
    leader.wakeOwner();
  }

  /**
   * The database is away, and they have waited for that to be found out: not each of them again.
   */
  private void answerAll(Throwable outage) {
    for (Ticket<C, R> ticket : queue) {
      ticket.fail(outage);
      ticket.wakeOwner();
    }
    queue.clear();
  }

  private void keepPace(int commands, Duration taken) {
    double latest = (double) taken.toNanos() / commands;
    nanosPerCommand =
        nanosPerCommand == 0 ? latest : LATEST * latest + (1 - LATEST) * nanosPerCommand;
  }

  private long nanos() {
    return limits.nanos().getAsLong();
  }

  private boolean isStuck() {
    return writingFor().toNanos() > patience;
  }

  /**
   * How long it takes to write what waits, at the pace of late; where a leader has been at it for
   * longer than that, as long again.
   */
  private synchronized Duration timeToWrite() {
    long nanos = Math.max((long) (nanosPerCommand * queue.size()), writingFor().toNanos());
    return Duration.ofNanos(Math.min(nanos, LONGEST_RETRY_NANOS));
  }
}
