package io.quickscale.registry;

import io.quickscale.credit.Credits;
import io.quickscale.json.JsonCodec;
import io.quickscale.service.BaseService;
import java.time.OffsetDateTime;
import java.util.List;

/** Registered services for tests in other packages, of which nobody runs the class. */
public final class ServiceFixture {
  private ServiceFixture() {}

  /**
   * A service with a flat price.
   *
   * @param maxConcurrentRuns null for no limit
   */
  public static RegisteredService service(
      String name, Credits price, Integer maxConcurrentRuns, OffsetDateTime now) {
    ServiceSettings settings =
        new ServiceSettings(
            "",
            "test",
            new Price(price, List.of()),
            true,
            FailurePolicy.CHARGE_ON_FAILURE,
            null,
            maxConcurrentRuns);
    return new RegisteredService(new ServiceDefinition(name, settings, 1, now), null);
  }

  /** A service that can be called. */
  public static RegisteredService deployed(
      BaseService<?, ?> instance, Price price, FailurePolicy policy, OffsetDateTime now) {
    ServiceSettings settings = new ServiceSettings("", "test", price, true, policy, null, null);
    ServiceDescriptor descriptor =
        new ServiceDescriptor("called", "", "test", price, null, Record.class, Object.class);
    return new RegisteredService(
        new ServiceDefinition("called", settings, 1, now),
        new DeployedService(descriptor, instance, null, null));
  }

  /** A free service that says what it takes and gives, and that nobody runs. */
  public static RegisteredService described(
      String name, Class<?> input, Class<?> output, JsonCodec codec, OffsetDateTime now) {
    Price free = new Price(Credits.ZERO, List.of());
    ServiceSettings settings =
        new ServiceSettings("", "test", free, true, FailurePolicy.NO_CHARGE, null, null);
    ServiceDescriptor descriptor =
        new ServiceDescriptor(name, "", "test", free, null, input, output);
    return new RegisteredService(
        new ServiceDefinition(name, settings, 1, now),
        new DeployedService(descriptor, null, codec.schema(input), codec.schema(output)));
  }
}
