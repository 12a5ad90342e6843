package io.quickscale.db;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How long the current transaction may wait and work. On PostgreSQL its server sees to that, and
 * forgets it with the transaction; on H2 it is the session's wait for locks that is changed and put
 * back.
 */
@ApplicationScoped
public class TransactionLimits {
  /** More than that for one statement of many rows by key, and something is wrong. */
  private static final Duration STATEMENT = Duration.ofSeconds(5);

  /**
   * A node that fell silent in the middle loses its locks after that, and what it still sends
   * afterwards is not committed.
   */
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** What goes over all of the history takes its time, but not for ever. */
  private static final Duration UNHURRIED = Duration.ofMinutes(10);

  @Inject Database database;

  /**
   * Does something short in the current transaction.
   *
   * @param lockWait the longest wait for a lock; then it fails with {@link
   *     DatabaseFailure#LOCK_TIMEOUT}
   */
  public <T> T within(Duration lockWait, Supplier<T> work) {
    if (database.isH2()) {
      return withLockTimeout(lockWait, work);
    }
    set(
        "select set_config('lock_timeout', ?, true), set_config('statement_timeout', ?, true),"
            + " set_config('idle_in_transaction_session_timeout', ?, true)",
        lockWait,
        STATEMENT,
        IDLE);
    return work.get();
  }

  /**
   * Does something in the current transaction whose statements may take longer than those of
   * requests.
   */
  public <T> T unhurried(Supplier<T> work) {
    if (database.isH2()) {
      return work.get();
    }
    set("select set_config('statement_timeout', ?, true)", UNHURRIED);
    return database.withNetworkTimeout(UNHURRIED.plus(IDLE), work);
  }

  private void set(String sql, Duration... times) {
    Object[] millis = Stream.of(times).map(time -> String.valueOf(time.toMillis())).toArray();
    database.read(sql, row -> row.getString(1), millis);
  }

  private <T> T withLockTimeout(Duration lockWait, Supplier<T> work) {
    int before = database.read("select lock_timeout()", row -> row.getInt(1)).get(0);
    database.update("set lock_timeout " + lockWait.toMillis());
    try {
      return work.get();
    } finally {
      database.update("set lock_timeout " + before);
    }
  }
}
