package io.quickscale.definition;

import java.util.Optional;

/** What the price of a unit must be. */
public final class UnitForm {
  private UnitForm() {}

  /** What is wrong with the name of a unit; empty if nothing is. */
  public static Optional<String> nameComplaint(String unit) {
    return NameForm.isValid(unit)
        ? Optional.empty()
        : Optional.of("unit must match " + NameForm.PATTERN);
  }

  /**
   * What is wrong with two counts of a unit; empty if nothing is.
   *
   * @param included units that cost nothing
   * @param maximum the most units that a run is charged for
   */
  public static Optional<String> countComplaint(long included, long maximum) {
    return included < 0 || maximum < included
        ? Optional.of("included must not be negative nor over maximum")
        : Optional.empty();
  }
}
