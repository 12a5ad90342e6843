package io.quickscale.platform;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What QuickScale wants of properties that the server reads, where the server's own default is
 * another. Not in {@code META-INF/microprofile-config.properties}, which is the author's: two files
 * of that name cannot be in one WAR, and one of an author would take the place of all that is here.
 * Whatever anybody else configures counts more.
 */
public final class ServerDefaults implements ConfigSource {
  /** Below 100, that of {@code META-INF/microprofile-config.properties}. */
  private static final int ORDINAL = 50;

  private static final Map<String, String> VALUES =
      Map.of(
          // The document is META-INF/openapi.yaml; a test holds it against the resources.
          "mp.openapi.scan.disable", "true",
          // Payara remembers values, for a minute unless told otherwise: what an operator changes
          // is to count after two seconds.
          "mp.config.cache.duration", "2000");

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }

  @Override
  public String getName() {
    return "defaults of QuickScale";
  }

  @Override
  public Map<String, String> getProperties() {
    return VALUES;
  }

  @Override
  public Set<String> getPropertyNames() {
    return VALUES.keySet();
  }

  @Override
  public String getValue(String name) {
    return VALUES.get(name);
  }
}
