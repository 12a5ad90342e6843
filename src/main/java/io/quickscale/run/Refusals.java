package io.quickscale.run;

import io.quickscale.problem.Problem;
import io.quickscale.problem.ServiceFailedProblem;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a service throws that is an answer for its caller, and no failure of the service. */
final class Refusals {
  private static final int SERVER_ERRORS = 500;

  private Refusals() {}

  /** The problem that was thrown, by this thread or by one that it waited for. */
  static Optional<Problem> problem(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof Problem problem ? Optional.of(problem) : Optional.empty();
  }

  /** The caller's own fault, or lack of credits: a new try would come to the same. */
  static Optional<Problem> ofCaller(Throwable thrown) {
    return problem(thrown).filter(problem -> problem.status() < SERVER_ERRORS);
  }

  /** A failure that an inner run has logged already. */
  static boolean isLogged(Throwable thrown) {
    return problem(thrown).filter(ServiceFailedProblem.class::isInstance).isPresent();
  }
}
