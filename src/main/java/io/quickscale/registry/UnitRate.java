package io.quickscale.registry;

import io.quickscale.credit.Credits;
import io.quickscale.definition.UnitForm;

/**
 * The price of one metered unit.
 *
 * @param unit the unit's name
 * @param creditsPerUnit for each unit beyond the included ones
 * @param included units that cost nothing
 * @param maximum most units a run is charged for
 */
public record UnitRate(String unit, Credits creditsPerUnit, long included, long maximum) {
  public UnitRate(String unit, Credits creditsPerUnit, long included, long maximum) {
    UnitForm.nameComplaint(unit)
        .or(() -> UnitForm.countComplaint(included, maximum))
        .ifPresent(
            complaint -> {
              throw new IllegalArgumentException(complaint);
            });
    this.unit = unit;
    this.creditsPerUnit = creditsPerUnit;
    this.included = included;
    this.maximum = maximum;
  }

  Credits charge(long units) {
    return creditsPerUnit.times(Math.max(0, Math.min(units, maximum) - included));
  }
}
