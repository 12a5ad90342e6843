package io.quickscale.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Everything under {@code /api/v1}. */
@ApplicationPath("/api/v1")
public class RestApplication extends Application {
  /** Jersey would describe the API a second time, as WADL; other servers ignore the property. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
