package io.quickscale.rest;

import java.util.List;
import java.util.Set;

/**
 * The query parameter {@code group_by}: what there is one row of sums for.
 *
 * @param words {@code day}, {@code service}, both in either order, or none
 */
record Grouping(List<String> words) {
  static final Grouping NONE = new Grouping(List.of());
  private static final Set<String> ALLOWED = Set.of("day", "service", "day,service", "service,day");

  static Grouping of(String text) {
    if (!ALLOWED.contains(text)) {
      throw new IllegalArgumentException("must be day, service, or day,service");
    }
    return new Grouping(List.of(text.split(",")));
  }

  boolean byDay() {
    return words.contains("day");
  }

  boolean byService() {
    return words.contains("service");
  }
}
