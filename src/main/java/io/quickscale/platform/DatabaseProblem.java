package io.quickscale.platform;

import io.quickscale.db.DatabaseFailure;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.Problem;
import java.util.Optional;

/** What callers and operators are told of a failure of the database. */
public final class DatabaseProblem {
  private DatabaseProblem() {}

  /** The problem behind what was thrown; empty if it is no {@link DatabaseFailure}. */
  public static Optional<Problem> of(Throwable thrown) {
    return DatabaseFailure.of(thrown).map(DatabaseProblem::of);
  }

  private static Problem of(DatabaseFailure failure) {
    return switch (failure) {
      case CONFLICT ->
          new ConflictProblem(
              "Somebody else changed this at the same time. Look at it and try again.");
      case LOCK_TIMEOUT, OUTAGE -> HttpProblem.of(503);
    };
  }
}
