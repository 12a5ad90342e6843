package io.quickscale.credit;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A grant that has expired and still has something left. */
record ExpiredGrant(OffsetDateTime expiredAt, long grantId, long accountId) {
  /** Before all. */
  static final ExpiredGrant NONE =
      new ExpiredGrant(OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), 0, 0);
}
