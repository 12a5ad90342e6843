package io.quickscale.registry;

import io.quickscale.service.InvalidInputException;

/**
 * What an operator can set on a service.
 *
 * @param maxInputBytes largest input, in bytes of JSON; null for the server's own limit
 * @param maxConcurrentRuns how many runs of it an account can have at a time; null for no limit
 */
public record ServiceSettings(
    String description,
    String category,
    Price price,
    boolean active,
    FailurePolicy failurePolicy,
    Integer maxInputBytes,
    Integer maxConcurrentRuns) {
  /** The largest limit that an input can have. */
  public static final int MAX_INPUT_BYTES = 104_857_600;

  static ServiceSettings of(ServiceDescriptor descriptor) {
    return new ServiceSettings(
        descriptor.description(),
        descriptor.category(),
        descriptor.defaultPrice(),
        true,
        FailurePolicy.NO_CHARGE,
        null,
        null);
  }

  /** The same with another switch. */
  public ServiceSettings withActive(boolean on) {
    return new ServiceSettings(
        description, category, price, on, failurePolicy, maxInputBytes, maxConcurrentRuns);
  }

  /** The same at another price. */
  public ServiceSettings withPrice(Price other) {
    return new ServiceSettings(
        description, category, other, active, failurePolicy, maxInputBytes, maxConcurrentRuns);
  }

  /**
   * The same with other limits; null for none.
   *
   * @throws InvalidInputException no run could keep them
   */
  public ServiceSettings withLimits(Integer inputBytes, Integer concurrentRuns) {
    if (inputBytes != null && (inputBytes < 1 || inputBytes > MAX_INPUT_BYTES)) {
      throw InvalidInputException.of("maxInputBytes", "must be from 1 to " + MAX_INPUT_BYTES);
    }
    if (concurrentRuns != null && concurrentRuns < 1) {
      throw InvalidInputException.of("maxConcurrentRuns", "must be 1 or more");
    }
    return new ServiceSettings(
        description, category, price, active, failurePolicy, inputBytes, concurrentRuns);
  }
}
