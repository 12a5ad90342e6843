package io.quickscale.admin;

import io.quickscale.job.JobQueue;
import io.quickscale.platform.ManagedResource;
import io.quickscale.platform.ManagedResources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The queue of jobs. */
@ApplicationScoped
class JobManagement implements JobsMXBean, ManagedResources {
  @Inject JobQueue queue;

  @Override
  public List<ManagedResource<?>> managedResources() {
    return List.of(ManagedResource.of("Jobs", JobsMXBean.class, this));
  }

  @Override
  public long getQueued() {
    return queue.length();
  }

  @Override
  public long getOldestWaitSeconds() {
    return queue.oldestWaitSeconds();
  }

  @Override
  public int getRunning() {
    return queue.working();
  }

  @Override
  public boolean isLate() {
    return queue.isLate();
  }
}
