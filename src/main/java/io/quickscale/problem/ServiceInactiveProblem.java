package io.quickscale.problem;

/** An operator has switched the service off, or its class is no longer deployed. */
public final class ServiceInactiveProblem extends Problem {
  public ServiceInactiveProblem(String detail) {
    super(503, "service_inactive", "Service inactive", detail);
  }
}
