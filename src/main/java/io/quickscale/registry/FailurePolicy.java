package io.quickscale.registry;

import java.util.Locale;

/** Whether a run that failed is paid. Invalid input and unavailability are never paid. */
public enum FailurePolicy {
  NO_CHARGE,
  CHARGE_ON_FAILURE;

  /** The word in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException no such policy
   */
  public static FailurePolicy ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
