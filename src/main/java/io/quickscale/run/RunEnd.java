package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.problem.Problem;
import io.quickscale.registry.UnitCharge;
import java.util.List;
import java.util.Optional;

/**
 * How the service came out of a run.
 *
 * @param status SUCCEEDED, FAILED, or CANCELLED if it was given back before it came to an end
 * @param result what it returned; null if it failed
 * @param problem why it has no result; empty if it succeeded
 * @param charge what is due, at most what is held
 * @param units what was metered, if it is charged
 * @param attempts how often it was tried
 * @param inner what becomes of the runs that it ordered
 */
record RunEnd(
    Usage.Status status,
    Object result,
    Optional<Problem> problem,
    Credits charge,
    List<UnitCharge> units,
    int attempts,
    InnerEnd inner) {
  static RunEnd succeeded(Object result, Credits charge, int attempts) {
    return new RunEnd(
        Usage.Status.SUCCEEDED,
        result,
        Optional.empty(),
        charge,
        List.of(),
        attempts,
        InnerEnd.NONE);
  }

  static RunEnd failed(Problem problem, Credits charge, int attempts) {
    return new RunEnd(
        Usage.Status.FAILED,
        null,
        Optional.of(problem),
        charge,
        List.of(),
        attempts,
        InnerEnd.NONE);
  }

  /** Of a run that nobody wants any more; costs nothing. */
  static RunEnd cancelled(Problem why, int attempts) {
    return new RunEnd(
        Usage.Status.CANCELLED,
        null,
        Optional.of(why),
        Credits.ZERO,
        List.of(),
        attempts,
        InnerEnd.NONE);
  }

  /** The same, charged by these units. */
  RunEnd with(List<UnitCharge> metered) {
    return new RunEnd(status, result, problem, charge, metered, attempts, inner);
  }

  /** The same, with inner runs. */
  RunEnd with(InnerEnd innerEnd) {
    return new RunEnd(status, result, problem, charge, units, attempts, innerEnd);
  }
}
