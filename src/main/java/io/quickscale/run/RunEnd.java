package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.problem.Problem;
import io.quickscale.registry.UnitCharge;
import java.util.List;
import java.util.Optional;

/**
 * How the service came out of a run.
 *
 * @param result what it returned; null if it failed
 * @param problem why it failed; empty if it succeeded
 * @param charge what is due, at most what is held
 * @param units what was metered, if it is charged
 * @param attempts how often it was tried
 * @param inner what becomes of the runs that it ordered
 */
record RunEnd(
    Object result,
    Optional<Problem> problem,
    Credits charge,
    List<UnitCharge> units,
    int attempts,
    InnerEnd inner) {
  static RunEnd succeeded(Object result, Credits charge, int attempts) {
    return new RunEnd(result, Optional.empty(), charge, List.of(), attempts, InnerEnd.NONE);
  }

  static RunEnd failed(Problem problem, Credits charge, int attempts) {
    return new RunEnd(null, Optional.of(problem), charge, List.of(), attempts, InnerEnd.NONE);
  }

  /** The same, charged by these units. */
  RunEnd with(List<UnitCharge> metered) {
    return new RunEnd(result, problem, charge, metered, attempts, inner);
  }

  /** The same, with inner runs. */
  RunEnd with(InnerEnd innerEnd) {
    return new RunEnd(result, problem, charge, units, attempts, innerEnd);
  }

  Usage.Status status() {
    return problem.isEmpty() ? Usage.Status.SUCCEEDED : Usage.Status.FAILED;
  }
}
