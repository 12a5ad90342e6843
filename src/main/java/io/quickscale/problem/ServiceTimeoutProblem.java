package io.quickscale.problem;

/** The service took longer than it may. */
public final class ServiceTimeoutProblem extends Problem {
  public ServiceTimeoutProblem(String service) {
    super(
        504,
        "service_timeout",
        "Service timeout",
        "The service "
            + service
            + " did not answer in time. Nothing is charged unless its failure policy says so.");
  }
}
