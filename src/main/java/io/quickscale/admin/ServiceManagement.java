package io.quickscale.admin;

import io.quickscale.access.Actor;
import io.quickscale.credit.Credits;
import io.quickscale.registry.Price;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import io.quickscale.registry.ServiceSettings;
import io.quickscale.run.RunTotals;
import io.quickscale.service.InvalidInputException;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/** One service. */
final class ServiceManagement implements ServiceMXBean {
  private final String name;
  private final Registry registry;
  private final ServiceAdministration administration;
  private final RunTotals totals;

  ServiceManagement(
      String name, Registry registry, ServiceAdministration administration, RunTotals totals) {
    this.name = name;
    this.registry = registry;
    this.administration = administration;
    this.totals = totals;
  }

  @Override
  public String getDescription() {
    return settings().description();
  }

  @Override
  public String getCategory() {
    return settings().category();
  }

  @Override
  public boolean isActive() {
    return settings().active();
  }

  @Override
  public String getUnavailableReason() {
    return service().unavailableReason().orElse("");
  }

  @Override
  public BigDecimal getPrice() {
    return settings().price().perRun().toDecimal();
  }

  @Override
  public BigDecimal getMaximumPrice() {
    return settings().price().maximum().toDecimal();
  }

  @Override
  public String getFailurePolicy() {
    return settings().failurePolicy().word();
  }

  @Override
  public Integer getMaxInputBytes() {
    return settings().maxInputBytes();
  }

  @Override
  public Integer getMaxConcurrentRuns() {
    return settings().maxConcurrentRuns();
  }

  @Override
  public long getRuns() {
    return totals.of(name).ended();
  }

  @Override
  public long getFailures() {
    return totals.of(name).failed();
  }

  @Override
  public long getRefusals() {
    return totals.of(name).refused();
  }

  @Override
  public BigDecimal getCreditsCharged() {
    return totals.of(name).charged();
  }

  @Override
  public void activate() {
    change("activate_service", settings -> settings.withActive(true));
  }

  @Override
  public void deactivate() {
    change("deactivate_service", settings -> settings.withActive(false));
  }

  @Override
  public void changePrice(BigDecimal creditCost) {
    change("change_service", settings -> settings.withPrice(price(creditCost, settings.price())));
  }

  @Override
  public void changeLimits(Integer maxInputBytes, Integer maxConcurrentRuns) {
    change("change_service", settings -> settings.withLimits(maxInputBytes, maxConcurrentRuns));
  }

  private void change(String action, UnaryOperator<ServiceSettings> change) {
    administration.change(Actor.MANAGEMENT, action, name, change);
  }

  private static Price price(BigDecimal creditCost, Price now) {
    if (creditCost == null) {
      throw InvalidInputException.of("creditCost", "must be a number");
    }
    try {
      return new Price(Credits.of(creditCost), now.rates());
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of("creditCost", e.getMessage());
    }
  }

  private ServiceSettings settings() {
    return service().settings();
  }

  private RegisteredService service() {
    return registry.require(name);
  }
}
