package io.quickscale.run;

import io.quickscale.platform.IdRange;
import java.util.Optional;

/**
 * Which records of an audit trail are meant. The range is what makes a list quick: of the records
 * in it, those of other services and states are read and left out.
 *
 * @param ids only these records
 * @param service only those of this service
 * @param status only those that are there now
 */
public record UsageFilter(IdRange ids, Optional<String> service, Optional<Usage.Status> status) {

  /** Of these, the records that are older than one of them. */
  public UsageFilter before(long usageId) {
    return new UsageFilter(ids.before(usageId), service, status);
  }
}
