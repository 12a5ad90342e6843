package io.quickscale.admin;

import io.quickscale.platform.Description;

/** The jobs as a management console shows them. */
@Description("Work in the background: how much of it waits, how much is done here")
public interface JobsMXBean {
  @Description("Jobs that have not begun, on all nodes, as of a few seconds ago")
  long getQueued();

  @Description("Seconds that the first of them has waited; 0 if there is none")
  long getOldestWaitSeconds();

  @Description("Jobs that this node works on")
  int getRunning();

  @Description("Whether a job has waited for longer than quickscale.job.long-wait")
  boolean isLate();
}
