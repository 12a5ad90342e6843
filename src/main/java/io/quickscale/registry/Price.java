package io.quickscale.registry;

import io.quickscale.credit.Credits;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run costs: an amount for the run, and rates for what it meters. Rates are whole
 * micro-credits a unit, so that nothing is ever rounded.
 */
public record Price(Credits perRun, List<UnitRate> rates) {
  public Price(Credits perRun, List<UnitRate> rates) {
    if (rates.stream().map(UnitRate::unit).distinct().count() < rates.size()) {
      throw new IllegalArgumentException("each unit can have one price only");
    }
    this.perRun = perRun;
    this.rates = List.copyOf(rates);
    checkMaximum();
  }

  /** The most a run can cost; what is held before it starts. */
  public Credits maximum() {
    return rates.stream().map(rate -> rate.charge(rate.maximum())).reduce(perRun, Credits::plus);
  }

  private void checkMaximum() {
    try {
      maximum();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the most a run can cost is more than can be counted", e);
    }
  }

  /** What a run costs that metered these units. */
  public Credits charge(Map<String, Long> units) {
    return lines(units).stream().map(UnitCharge::credits).reduce(perRun, Credits::plus);
  }

  /** What each unit that has a price or was metered costs, beside the amount for the run. */
  public List<UnitCharge> lines(Map<String, Long> units) {
    Stream<UnitCharge> priced =
        rates.stream().map(rate -> UnitCharge.of(rate, units.getOrDefault(rate.unit(), 0L)));
    Stream<UnitCharge> unpriced =
        units.entrySet().stream()
            .filter(metered -> !hasUnit(metered.getKey()))
            .sorted(Map.Entry.comparingByKey())
            .map(metered -> UnitCharge.free(metered.getKey(), metered.getValue()));
    return Stream.concat(priced, unpriced).toList();
  }

  /** Whether a run can be metered in this unit. */
  public boolean hasUnit(String unit) {
    return rates.stream().anyMatch(rate -> rate.unit().equals(unit));
  }
}
