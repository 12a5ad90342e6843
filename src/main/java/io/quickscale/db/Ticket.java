package io.quickscale.db;

import java.util.concurrent.locks.LockSupport;

/** A command on its way through a lane, and the thread that waits for it. */
final class Ticket<C, R> {
  /** Only the lane changes it, under its lock; but for the end, which its leader writes. */
  enum State {
    /** In the queue. Its owner may take it out. */
    QUEUED,
    /** At the head of the queue: its owner is to write the next group, this command first. */
    LEADING,
    /** In a group that is being written. */
    TAKEN,
    /** Taken out of the queue by its owner. */
    LEFT,
    /** It has its result, or its failure. */
    ENDED
  }

  private final long key;
  private final C command;
  private final Thread owner = Thread.currentThread();
  private R result;
  private Throwable failure;
  private volatile State state = State.QUEUED;

  Ticket(long key, C command) {
    this.key = key;
    this.command = command;
  }

  long key() {
    return key;
  }

  C command() {
    return command;
  }

  boolean is(State asked) {
    return state == asked;
  }

  void become(State now) {
    state = now;
  }

  void succeed(R written) {
    result = written;
    state = State.ENDED;
  }

  /** Only the first end counts. */
  void fail(Throwable why) {
    if (state != State.ENDED) {
      failure = why;
      state = State.ENDED;
    }
  }

  void wakeOwner() {
    LockSupport.unpark(owner);
  }

  /** What became of a command that has ended. */
  Written<R> written() {
    return failure == null ? new Written<>(result, null) : new Written<>(null, thrown());
  }

  /**
   * The result of a command that has ended.
   *
   * @throws RuntimeException why it has none
   */
  R resultOrThrow() {
    if (failure == null) {
      return result;
    }
    throw thrown();
  }

  private RuntimeException thrown() {
    // An Error met the thread that wrote; it is not this one's.
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException("The transaction could not be written", failure);
  }
}
