package io.quickscale.db;

import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a failure of the database means, by the standard's SQLSTATE. */
public enum DatabaseFailure {
  /** Somebody else changed the same at the same time. */
  CONFLICT,
  /** Somebody else has held a lock for longer than the longest wait. */
  LOCK_TIMEOUT,
  /** The database is away, or takes no more connections. */
  OUTAGE;

  /** Unique violation, serialisation failure, deadlock. */
  private static final Set<String> CONFLICTS = Set.of("23505", "40001", "40P01");

  /** PostgreSQL: lock not available; H2: lock time-out. */
  private static final Set<String> LOCK_TIMEOUTS = Set.of("55P03", "HYT00");

  /**
   * Connection exceptions, too many connections, shutting down; H2: closed, locked by another
   * process.
   */
  private static final Set<String> OUTAGE_CLASSES = Set.of("08", "53", "57", "90");

  /** What PostgreSQL's driver says when a connection is closed under a statement. */
  private static final String CLOSED_MEANWHILE = "55000";

  /**
   * The failure behind what was thrown; empty if it has nothing to do with the database's state.
   */
  public static Optional<DatabaseFailure> of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OptimisticLockException) {
        return Optional.of(CONFLICT);
      }
      if (cause instanceof SQLException failure) {
        return ofState(failure.getSQLState());
      }
      Optional<DatabaseFailure> atCommit = atCommit(cause);
      if (atCommit.isPresent()) {
        return atCommit;
      }
    }
    return Optional.empty();
  }

  /**
   * A commit that broke: WildFly's transaction manager has what the database said as a suppressed
   * exception, Payara's says nothing but that.
   */
  private static Optional<DatabaseFailure> atCommit(Throwable cause) {
    if (cause instanceof SystemException) {
      return Optional.of(OUTAGE);
    }
    return Stream.of(cause.getSuppressed()).flatMap(one -> of(one).stream()).findFirst();
  }

  /** A connection pool's own failures have no state. */
  private static Optional<DatabaseFailure> ofState(String state) {
    if (state == null
        || state.equals(CLOSED_MEANWHILE)
        || OUTAGE_CLASSES.contains(state.substring(0, Math.min(2, state.length())))) {
      return Optional.of(OUTAGE);
    }
    if (LOCK_TIMEOUTS.contains(state)) {
      return Optional.of(LOCK_TIMEOUT);
    }
    return CONFLICTS.contains(state) ? Optional.of(CONFLICT) : Optional.empty();
  }

  /** Whether somebody else has held a lock for too long. */
  static boolean isLockTimeout(Throwable thrown) {
    return of(thrown).filter(failure -> failure == LOCK_TIMEOUT).isPresent();
  }

  /** Whether the database is away. */
  public static boolean isOutage(Throwable thrown) {
    return of(thrown).filter(failure -> failure == OUTAGE).isPresent();
  }
}
