package io.quickscale.db;

import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.Problem;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** What a failure of the database means to a caller, by the standard's SQLSTATE. */
public final class DatabaseProblem {
  /** Unique violation, serialisation failure, deadlock. */
  private static final Set<String> CONFLICTS = Set.of("23505", "40001", "40P01");

  /**
   * Connection exceptions, too many connections, shutting down; H2: closed, locked by another
   * process.
   */
  private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "90");

  private DatabaseProblem() {}

  /** The problem behind a failure; empty if it has nothing to do with the database's state. */
  public static Optional<Problem> of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OptimisticLockException) {
        return Optional.of(conflict());
      }
      if (cause instanceof SQLException failure) {
        return of(failure);
      }
    }
    return Optional.empty();
  }

  /** Whether the database is away. */
  public static boolean isOutage(Throwable thrown) {
    return of(thrown).filter(problem -> problem.status() == 503).isPresent();
  }

  private static Optional<Problem> of(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    if (CONFLICTS.contains(state)) {
      return Optional.of(conflict());
    }
    boolean unavailable =
        failure.getSQLState() == null || UNAVAILABLE_CLASSES.contains(state.substring(0, 2));
    return unavailable ? Optional.of(HttpProblem.of(503)) : Optional.empty();
  }

  private static Problem conflict() {
    return new ConflictProblem(
        "Somebody else changed this at the same time. Look at it and try again.");
  }
}
