package io.quickscale.registry;

/**
 * What an operator can set on a service.
 *
 * @param maxInputBytes largest input, in bytes of JSON; null for the server's own limit
 * @param maxConcurrentRuns how many runs of it a user can have at a time; null for no limit
 */
public record ServiceSettings(
    String description,
    String category,
    Price price,
    boolean active,
    FailurePolicy failurePolicy,
    Integer maxInputBytes,
    Integer maxConcurrentRuns) {

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
}
