package io.quickscale.credit;

import java.util.List;

/**
 * Credits set aside for a run. Whoever asked for it keeps it with the run, in the transaction that
 * placed it, and takes it away in the transaction that settles or releases it, once: that the
 * ledger moves a hold's credits twice, only its keeper can prevent.
 *
 * @param usageId the run
 * @param shares which grants, in the order they are drawn on
 */
public record Hold(long accountId, long usageId, List<GrantShare> shares) {
  /** What is set aside in all. */
  public Credits held() {
    return GrantShare.total(shares);
  }
}
