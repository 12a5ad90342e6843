package io.quickscale.rest;

import io.quickscale.registry.UnitCharge;
import io.quickscale.service.ServiceResult.Metered;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a run metered of a unit, and what that cost.
 *
 * @param included units that cost nothing
 * @param maximum the most units that are charged; null if the unit had no price
 */
public record UnitView(
    String unit,
    long quantity,
    long included,
    Long maximum,
    BigDecimal creditsPerUnit,
    BigDecimal credits) {

  static UnitView of(Metered unit) {
    return new UnitView(
        unit.unit(),
        unit.quantity(),
        unit.included(),
        unit.maximum(),
        unit.creditsPerUnit(),
        unit.credits());
  }

  static UnitView of(UnitCharge unit) {
    return new UnitView(
        unit.unit(),
        unit.quantity(),
        unit.included(),
        unit.maximum(),
        unit.creditsPerUnit().toDecimal(),
        unit.credits().toDecimal());
  }

  /** A list that is there only if something is in it; null if not. */
  static <T> List<T> ifAny(List<T> list) {
    return list.isEmpty() ? null : list;
  }
}
