package io.quickscale.run;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;

/** Settings of services in MicroProfile Config: one service's own go before those for all. */
final class ServiceSettingLookup {
  private static final String OF_ONE = "quickscale.service.%s.%s";
  private static final String OF_ALL = "ai.service.%s";

  private ServiceSettingLookup() {}

  static Optional<String> find(String service, String name) {
    Config config = ConfigProvider.getConfig();
    return config
        .getOptionalValue(OF_ONE.formatted(service, name), String.class)
        .or(() -> ofAll(config, OF_ALL.formatted(name)));
  }

  /**
   * By either of its names: an operator may type the environment variable's into a console, where
   * nothing translates it. The source that goes before others decides.
   */
  private static Optional<String> ofAll(Config config, String property) {
    String variable = property.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT);
    return Stream.of(property, variable)
        .map(config::getConfigValue)
        .filter(found -> found.getValue() != null && !found.getValue().isEmpty())
        .max(Comparator.comparingInt(ConfigValue::getSourceOrdinal))
        .map(ConfigValue::getValue);
  }
}
