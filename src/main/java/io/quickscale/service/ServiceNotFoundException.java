package io.quickscale.service;

import io.quickscale.problem.Problem;

/** No service has this name. */
public final class ServiceNotFoundException extends Problem {
  public ServiceNotFoundException(String name) {
    super(
        404,
        "service_not_found",
        "Service not found",
        "There is no service '" + name + "'. GET /api/v1/services lists them.");
  }
}
