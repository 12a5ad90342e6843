package io.quickscale.platform;

import java.time.OffsetDateTime;

/**
 * Ids made in a period. Since ids are sorted by time, a period of a table is a range of its primary
 * key, and reading it needs no other index. A period counts in whole milliseconds.
 *
 * @param from the least id
 * @param end the least id behind it
 */
public record IdRange(long from, long end) {
  /** All ids. */
  public static final IdRange ALL = new IdRange(0, Long.MAX_VALUE);

  /** Those made at this moment or later. */
  public IdRange since(OffsetDateTime moment) {
    return new IdRange(Math.max(from, Ids.from(moment)), end);
  }

  /** Those made before this moment. */
  public IdRange until(OffsetDateTime moment) {
    return new IdRange(from, Math.min(end, Ids.from(moment)));
  }

  /** Those older than a row. */
  public IdRange before(long id) {
    return new IdRange(from, Math.min(end, id));
  }
}
