package io.quickscale.db;

import java.time.Duration;
import java.util.List;

/**
 * Writes commands in a transaction of its own.
 *
 * @param <C> a command
 * @param <R> its result
 */
@FunctionalInterface
public interface GroupTransaction<C, R> {
  /**
   * Writes all of the commands, durably, or none.
   *
   * @param lockWait the longest wait for a lock; then it fails with {@link
   *     DatabaseFailure#LOCK_TIMEOUT}
   * @return one result a command, in the same order
   */
  List<R> write(List<C> commands, Duration lockWait);
}
