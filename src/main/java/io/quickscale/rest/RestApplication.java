package io.quickscale.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Everything under {@code /api/v1}. */
@ApplicationPath("/api/v1")
public class RestApplication extends Application {
  /**
   * For Jersey; other servers ignore them. It would describe the API a second time, as WADL, look
   * for constraints on resource methods, which have none (bodies are validated as they are read),
   * and put the host that a caller named before each Location.
   */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.server.wadl.disableWadl", true,
        "jersey.config.beanValidation.disable.server", true,
        "jersey.config.server.headers.location.relative.resolution.disabled", true);
  }
}
