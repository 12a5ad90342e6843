package io.quickscale.credit;

import java.time.OffsetDateTime;

/**
 * What is set aside for runs that have not ended, over all accounts.
 *
 * @param oldest when the oldest hold was made; null if there is none
 */
public record OpenHolds(long count, long micros, OffsetDateTime oldest) {
  /** No hold is open. */
  public static final OpenHolds NONE = new OpenHolds(0, 0, null);
}
