package io.quickscale.run;

import io.quickscale.platform.IdRange;
import java.util.Optional;

/**
 * Which records of an audit trail, or which rows of the ledger by the runs they belong to, are
 * meant. The range is what makes a list quick: of what is in it, that of other services and states
 * is read and left out.
 *
 * @param ids only records, or rows, with these ids
 * @param service only those of this service's runs
 * @param status only those of runs that are there now
 */
public record UsageFilter(IdRange ids, Optional<String> service, Optional<Usage.Status> status) {

  /** Of these, what is older than one of them. */
  public UsageFilter before(long id) {
    return new UsageFilter(ids.before(id), service, status);
  }

  /** Whether it asks more of a run than when it was. */
  public boolean looksAtRuns() {
    return service.isPresent() || status.isPresent();
  }
}
