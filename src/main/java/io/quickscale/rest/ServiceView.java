package io.quickscale.rest;

import io.quickscale.registry.Price;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.UnitRate;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

/** A service as callers see it. */
public record ServiceView(
    String name,
    String description,
    String category,
    BigDecimal creditCost,
    Pricing pricing,
    boolean active,
    boolean available,
    String unavailableReason,
    Limits limits,
    String failurePolicy,
    OffsetDateTime updatedAt,
    JsonObject inputSchema,
    JsonObject outputSchema) {

  /** How a run is priced; {@code maximum} is what is held for it. */
  public record Pricing(String model, BigDecimal perRun, List<Unit> units, BigDecimal maximum) {
    static Pricing of(Price price) {
      return new Pricing(
          price.rates().isEmpty() ? "flat" : "metered",
          price.perRun().toDecimal(),
          price.rates().stream().map(Unit::of).toList(),
          price.maximum().toDecimal());
    }
  }

  /** The price of a metered unit. */
  public record Unit(String unit, BigDecimal creditsPerUnit, long included, long maximum) {
    static Unit of(UnitRate rate) {
      return new Unit(
          rate.unit(), rate.creditsPerUnit().toDecimal(), rate.included(), rate.maximum());
    }
  }

  /** What a run may take; a limit that is missing is not set. */
  public record Limits(Integer maxInputBytes, Integer maxConcurrentRuns) {}

  static ServiceView of(RegisteredService service) {
    var settings = service.settings();
    var reason = service.unavailableReason();
    return new ServiceView(
        service.name(),
        settings.description(),
        settings.category(),
        settings.price().perRun().toDecimal(),
        Pricing.of(settings.price()),
        settings.active(),
        reason.isEmpty(),
        reason.orElse(null),
        new Limits(settings.maxInputBytes(), settings.maxConcurrentRuns()),
        settings.failurePolicy().word(),
        service.updatedAt(),
        service.inputSchema().orElse(null),
        service.outputSchema().orElse(null));
  }
}
