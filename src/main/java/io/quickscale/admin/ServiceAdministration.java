package io.quickscale.admin;

import io.quickscale.access.Actor;
import io.quickscale.registry.Registry;
import io.quickscale.registry.ServiceSettings;
import io.quickscale.registry.UnitRate;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Services as operators configure them. */
@ApplicationScoped
public class ServiceAdministration {
  @EJB Registry registry;
  @Inject AuditLog log;

  /** Settings as the audit log keeps them. */
  public record SettingsState(
      String description,
      String category,
      BigDecimal creditCost,
      BigDecimal maximumCost,
      List<UnitState> unitPrices,
      boolean active,
      String failurePolicy,
      Integer maxInputBytes,
      Integer maxConcurrentRuns) {
    static SettingsState of(ServiceSettings settings) {
      return new SettingsState(
          settings.description(),
          settings.category(),
          settings.price().perRun().toDecimal(),
          settings.price().maximum().toDecimal(),
          settings.price().rates().stream().map(UnitState::of).toList(),
          settings.active(),
          settings.failurePolicy().word(),
          settings.maxInputBytes(),
          settings.maxConcurrentRuns());
    }
  }

  /** The price of a unit as the audit log keeps it. */
  public record UnitState(String unit, BigDecimal creditsPerUnit, long included, long maximum) {
    static UnitState of(UnitRate rate) {
      return new UnitState(
          rate.unit(), rate.creditsPerUnit().toDecimal(), rate.included(), rate.maximum());
    }
  }

  /**
   * Changes a service; lookups on this node see it as soon as this returns. What is so already is
   * neither written nor noted.
   */
  @Transactional
  public void change(
      Actor actor, String action, String name, UnaryOperator<ServiceSettings> change) {
    AtomicReference<ServiceSettings> before = new AtomicReference<>();
    AtomicReference<ServiceSettings> after = new AtomicReference<>();
    registry.change(
        name,
        settings -> {
          before.set(settings);
          after.set(change.apply(settings));
          return after.get();
        });
    log.recordChange(
        actor, action, target(name), SettingsState.of(before.get()), SettingsState.of(after.get()));
  }

  /** See {@link Registry#forget}. */
  @Transactional
  public void forget(Actor actor, String name) {
    ServiceSettings last = registry.forget(name);
    log.record(actor, "forget_service", target(name), SettingsState.of(last), null);
  }

  private static String target(String name) {
    return "service/" + name;
  }
}
