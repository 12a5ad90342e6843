package io.quickscale.problem;

/**
 * The service threw something that is not the caller'\''s fault; the log has it under the usage id.
 */
public final class ServiceFailedProblem extends Problem {
  public ServiceFailedProblem(String service, String usageId, Throwable cause) {
    super(
        500,
        "service_failed",
        "Service failed",
        "The service "
            + service
            + " failed. The operator finds the cause in the log by the usage id.",
        cause);
    member("usage_id", usageId);
  }
}
