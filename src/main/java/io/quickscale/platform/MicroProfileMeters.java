package io.quickscale.platform;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Unmanaged;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * The server's MicroProfile Metrics. Not a bean: where the server has no such API, this class must
 * not be loaded at all.
 */
final class MicroProfileMeters implements Meters {
  @Inject MetricRegistry registry;

  /** Whether this server has the API. */
  static boolean offered() {
    try {
      Class.forName(
          "org.eclipse.microprofile.metrics.MetricRegistry",
          false,
          MicroProfileMeters.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Only an injected field will do: Payara's producer of the registry looks at its annotations. */
  static MicroProfileMeters ofServer(BeanManager beans) {
    return new Unmanaged<>(beans, MicroProfileMeters.class).newInstance().produce().inject().get();
  }

  @Override
  public LongConsumer counter(String name, String description, String... tags) {
    return Monotone.of(registry.counter(metadata(name, description), tags(tags))::inc);
  }

  @Override
  public LongConsumer histogram(String name, String description, String... tags) {
    return registry.histogram(metadata(name, description), tags(tags))::update;
  }

  @Override
  public void gauge(String name, String description, LongSupplier value) {
    registry.gauge(metadata(name, description), value::getAsLong);
  }

  @Override
  public Optional<String> exposition() {
    return Optional.empty();
  }

  private static Metadata metadata(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }

  private static Tag[] tags(String... tags) {
    Tag[] pairs = new Tag[tags.length / 2];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new Tag(tags[2 * i], tags[2 * i + 1]);
    }
    return pairs;
  }
}
