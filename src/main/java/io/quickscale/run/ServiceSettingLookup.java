package io.quickscale.run;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Settings of services in MicroProfile Config: one service's own go before those for all. */
final class ServiceSettingLookup {
  private static final String OF_ONE = "quickscale.service.%s.%s";
  private static final String OF_ALL = "ai.service.%s";

  private ServiceSettingLookup() {}

  static Optional<String> find(String service, String name) {
    Config config = ConfigProvider.getConfig();
    return config
        .getOptionalValue(OF_ONE.formatted(service, name), String.class)
        .or(() -> config.getOptionalValue(OF_ALL.formatted(name), String.class));
  }
}
