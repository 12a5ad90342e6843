package io.quickscale.run;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

/**
 * What is set aside for runs that have not ended, over all accounts.
 *
 * @param micros in micro-credits; of all accounts together it may be more than a long can be
 * @param oldest when the oldest of these runs started; null if there is none
 */
public record OpenHolds(long count, BigDecimal micros, OffsetDateTime oldest) {
  /** No hold is open. */
  static final OpenHolds NONE = new OpenHolds(0, BigDecimal.ZERO, null);
}
