package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.problem.Problem;
import java.util.Optional;

/**
 * How the service came out of a run.
 *
 * @param result what it returned; null if it failed
 * @param problem why it failed; empty if it succeeded
 * @param charge what is due, at most what is held
 * @param attempts how often it was tried
 */
record RunEnd(Object result, Optional<Problem> problem, Credits charge, int attempts) {
  static RunEnd succeeded(Object result, Credits charge, int attempts) {
    return new RunEnd(result, Optional.empty(), charge, attempts);
  }

  static RunEnd failed(Problem problem, Credits charge, int attempts) {
    return new RunEnd(null, Optional.of(problem), charge, attempts);
  }

  Usage.Status status() {
    return problem.isEmpty() ? Usage.Status.SUCCEEDED : Usage.Status.FAILED;
  }
}
