package io.quickscale.metrics;

import java.util.Arrays;

/** The bounds of a histogram's buckets. */
final class Buckets {
  private Buckets() {}

  /**
   * Bounds from a list with commas.
   *
   * @param property for the message
   * @throws IllegalArgumentException if they are not positive and ascending
   */
  static double[] of(String property, String list) {
    try {
      double[] bounds =
          Arrays.stream(list.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      double before = 0;
      for (double bound : bounds) {
        if (!(bound > before) || Double.isInfinite(bound)) {
          throw new NumberFormatException();
        }
        before = bound;
      }
      return bounds;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          property
              + " is \""
              + list
              + "\"; it must be positive numbers in ascending order, as in 5,10,25,50");
    }
  }
}
