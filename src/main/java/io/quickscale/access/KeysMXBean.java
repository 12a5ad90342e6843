package io.quickscale.access;

import io.quickscale.platform.Description;
import javax.management.MBeanOperationInfo;

/** API keys as a management console shows them. */
@Description("API keys, and the revision that tells nodes when something was taken from them")
public interface KeysMXBean {
  @Description(
      "A number that grows with every key revoked and every user changed, on any node, as this node"
          + " saw it last; -1 before it has looked")
  long getRevision();

  @Description(
      value = "Counts the keys of all users that count now, in the database",
      impact = MBeanOperationInfo.INFO)
  long countActive();
}
