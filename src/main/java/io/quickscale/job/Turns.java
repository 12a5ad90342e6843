package io.quickscale.job;

import java.util.Comparator;
import java.util.List;

/**
 * Whose turn it is among a user's jobs: only so many are worked on at a time, by priority and then
 * by age, so that one user's jobs do not take all places.
 */
final class Turns {
  private Turns() {}

  /**
   * A job that has not ended.
   *
   * @param admitted whether it has its turn already
   */
  record Going(long id, int priority, boolean admitted) {}

  /**
   * Those that get their turn now, in their order.
   *
   * @param going all that have not ended
   * @param most how many may have their turn at a time
   */
  static List<Going> next(List<Going> going, int most) {
    long admitted = going.stream().filter(Going::admitted).count();
    return going.stream()
        .filter(job -> !job.admitted())
        .sorted(Comparator.comparingInt(Going::priority).reversed().thenComparingLong(Going::id))
        .limit(Math.max(0, most - admitted))
        .toList();
  }
}
