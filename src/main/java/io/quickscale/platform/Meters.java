package io.quickscale.platform;

import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Where numbers go. Tags are names and values in turn. */
interface Meters {
  /** A counter: takes increments. */
  LongConsumer counter(String name, String description, String... tags);

  /** A distribution with its quantiles: takes single values. */
  LongConsumer histogram(String name, String description, String... tags);

  void gauge(String name, String description, LongSupplier value);

  /** Prometheus' text format, unless the server publishes the numbers itself. */
  Optional<String> exposition();
}
