package io.quickscale.job;

import io.quickscale.job.JobTable.Queue;
import io.quickscale.platform.Time;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** The jobs that wait on all nodes, as they were a few seconds ago, and what this node works on. */
@ApplicationScoped
public class JobQueue {
  @Inject JobRunner runner;
  @Inject JobSettings settings;
  @Inject Time time;

  private volatile Queue seen = new Queue(0, Optional.empty());

  void see(Queue now) {
    seen = now;
  }

  /** How many jobs have not begun. */
  public long length() {
    return seen.length();
  }

  /** How long the first of them has waited; 0 if there is none. */
  public long oldestWaitSeconds() {
    return seen.since()
        .map(since -> Math.max(0, Duration.between(since, time.now()).toSeconds()))
        .orElse(0L);
  }

  /** How many jobs this node works on. */
  public int working() {
    return runner.working();
  }

  /** Whether a job has waited for longer than operators find right. */
  public boolean isLate() {
    return oldestWaitSeconds() > settings.longWait().toSeconds();
  }
}
