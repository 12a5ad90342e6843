package io.quickscale.registry;

import io.quickscale.problem.ServiceInactiveProblem;
import io.quickscale.service.BaseService;
import jakarta.json.JsonObject;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A service as it stands now: what its class is and what operators set. */
public final class RegisteredService {
  private final String name;
  private final ServiceSettings settings;
  private final int priceVersion;
  private final OffsetDateTime updatedAt;
  private final DeployedService deployed;

  RegisteredService(ServiceDefinition definition, DeployedService deployed) {
    this.name = definition.name();
    this.settings = definition.settings();
    this.priceVersion = definition.priceVersion();
    this.updatedAt = definition.updatedAt();
    this.deployed = deployed;
  }

  private RegisteredService(RegisteredService now, Price price, int version) {
    this.name = now.name;
    this.settings = now.settings.withPrice(price);
    this.priceVersion = version;
    this.updatedAt = now.updatedAt;
    this.deployed = now.deployed;
  }

  /** The same at a price that it has or had. */
  RegisteredService at(Price price, int version) {
    return new RegisteredService(this, price, version);
  }

  public String name() {
    return name;
  }

  public ServiceSettings settings() {
    return settings;
  }

  public Price price() {
    return settings.price();
  }

  /** Counts the prices that the service has had, from 1. */
  public int priceVersion() {
    return priceVersion;
  }

  /** Whether a run may report this unit: the class declares it or an operator prices it. */
  public boolean hasUnit(String unit) {
    return price().hasUnit(unit)
        || (deployed != null && deployed.descriptor().defaultPrice().hasUnit(unit));
  }

  public OffsetDateTime updatedAt() {
    return updatedAt;
  }

  /** Why it cannot be run now; empty if it can. */
  public Optional<String> unavailableReason() {
    if (deployed == null) {
      return Optional.of("Its class is not deployed.");
    }
    return settings.active() ? Optional.empty() : Optional.of("An operator has deactivated it.");
  }

  /** JSON Schema of the input; empty if the class is not deployed. */
  public Optional<JsonObject> inputSchema() {
    return Optional.ofNullable(deployed).map(DeployedService::inputSchema);
  }

  /** JSON Schema of the output; empty if the class is not deployed. */
  public Optional<JsonObject> outputSchema() {
    return Optional.ofNullable(deployed).map(DeployedService::outputSchema);
  }

  /**
   * Makes sure that it can be run now.
   *
   * @throws ServiceInactiveProblem it cannot
   */
  public void requireRunnable() {
    running();
  }

  /**
   * Makes sure that a caller in Java gives what the service takes.
   *
   * @throws IllegalArgumentException it is an object of another class
   * @throws ServiceInactiveProblem it cannot be run now
   */
  public void requireInput(Object input) {
    if (input != null && inputType() instanceof Class<?> type && !type.isInstance(input)) {
      throw new IllegalArgumentException(
          "The service %s takes a %s, not a %s"
              .formatted(name, type.getName(), input.getClass().getName()));
    }
  }

  /**
   * The record that the input is read into.
   *
   * @throws ServiceInactiveProblem it cannot be run now
   */
  public Type inputType() {
    return running().descriptor().inputType();
  }

  /** The record that its class takes, also while an operator has it switched off. */
  public Optional<Type> deployedInputType() {
    return Optional.ofNullable(deployed).map(here -> here.descriptor().inputType());
  }

  /**
   * The service itself, as a reference through which Fault Tolerance applies.
   *
   * @throws ServiceInactiveProblem it cannot be run now
   */
  @SuppressWarnings("unchecked") // the input type above belongs to this instance
  public BaseService<Object, Object> instance() {
    return (BaseService<Object, Object>) running().instance();
  }

  private DeployedService running() {
    unavailableReason()
        .ifPresent(
            reason -> {
              throw new ServiceInactiveProblem(
                  "The service '" + name + "' cannot be run: " + reason);
            });
    return deployed;
  }
}
