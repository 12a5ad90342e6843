package io.quickscale.rest;

import io.quickscale.platform.Ids;
import io.quickscale.run.InnerRun;
import io.quickscale.service.ServiceResult;
import java.math.BigDecimal;

/**
 * A run within another one.
 *
 * @param creditsConsumed what it cost by itself, without what was given back
 */
public record InnerRunView(String usageId, String service, BigDecimal creditsConsumed) {
  static InnerRunView of(ServiceResult.InnerRun run) {
    return new InnerRunView(run.usageId(), run.service(), run.creditsConsumed());
  }

  static InnerRunView of(InnerRun run) {
    return new InnerRunView(Ids.format(run.usageId()), run.service(), run.netCost().toDecimal());
  }
}
