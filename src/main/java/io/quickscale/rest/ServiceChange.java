package io.quickscale.rest;

import io.quickscale.credit.Credits;
import io.quickscale.definition.NameForm;
import io.quickscale.definition.RegistrationRules;
import io.quickscale.registry.FailurePolicy;
import io.quickscale.registry.Price;
import io.quickscale.registry.ServiceSettings;
import io.quickscale.registry.UnitRate;
import io.quickscale.service.InvalidInputException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;

/**
 * What an operator sets on a service; what is missing stays. {@code limits} and {@code unit_prices}
 * replace the old.
 */
@SomethingToChange
public record ServiceChange(
    @Size(max = RegistrationRules.MAX_DESCRIPTION) String description,
    @Pattern(regexp = NameForm.PATTERN) String category,
    BigDecimal creditCost,
    @Size(max = 20) List<@Valid UnitPriceChange> unitPrices,
    Boolean active,
    @Pattern(
            regexp = "no_charge|charge_on_failure",
            message = "must be no_charge or charge_on_failure")
        String failurePolicy,
    @Valid LimitsChange limits) {

  /** Limits of a run; what is missing is not limited. */
  public record LimitsChange(
      @Min(1) @Max(ServiceSettings.MAX_INPUT_BYTES) Integer maxInputBytes,
      @Min(1) Integer maxConcurrentRuns) {}

  /** The price of a metered unit. */
  public record UnitPriceChange(
      @NotNull String unit,
      @NotNull BigDecimal creditsPerUnit,
      Long included,
      @NotNull Long maximum) {

    UnitRate toRate() {
      try {
        return new UnitRate(
            unit, Credits.of(creditsPerUnit), included == null ? 0 : included, maximum);
      } catch (IllegalArgumentException e) {
        throw InvalidInputException.of("unit_prices", e.getMessage());
      }
    }
  }

  ServiceSettings applyTo(ServiceSettings now) {
    return new ServiceSettings(
        description == null ? now.description() : description,
        category == null ? now.category() : category,
        newPrice(now.price()),
        active == null ? now.active() : active,
        failurePolicy == null ? now.failurePolicy() : FailurePolicy.ofWord(failurePolicy),
        limits == null ? now.maxInputBytes() : limits.maxInputBytes(),
        limits == null ? now.maxConcurrentRuns() : limits.maxConcurrentRuns());
  }

  private Price newPrice(Price now) {
    try {
      return new Price(
          creditCost == null ? now.perRun() : GrantRequest.credits("credit_cost", creditCost),
          unitPrices == null
              ? now.rates()
              : unitPrices.stream().map(UnitPriceChange::toRate).toList());
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of("unit_prices", e.getMessage());
    }
  }
}
