package io.quickscale.run;

import java.util.Set;

/**
 * What shall become of the runs that a run has ordered, when it ends.
 *
 * @param any whether it has ordered any
 * @param givesAllBack whether it ends without a charge, so that they cost nothing either
 * @param surplus usage ids of those that an attempt paid for although another attempt's count
 */
record InnerEnd(boolean any, boolean givesAllBack, Set<Long> surplus) {
  static final InnerEnd NONE = new InnerEnd(false, false, Set.of());

  /** Of a run that is given up. */
  static final InnerEnd ALL_BACK = new InnerEnd(true, true, Set.of());

  /** Whether any of them may be given back. */
  boolean givesAny() {
    return givesAllBack || !surplus.isEmpty();
  }

  boolean givesBack(long usageId) {
    return givesAllBack || surplus.contains(usageId);
  }
}
