package io.quickscale.node;

import io.quickscale.platform.MapConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Nothing is configured: the defaults count. */
@ApplicationScoped
class NoConfiguration {
  @Produces
  Config config() {
    return new MapConfig(Map.of());
  }

  @Produces
  @ConfigProperty
  Optional<String> property() {
    return Optional.empty();
  }
}
