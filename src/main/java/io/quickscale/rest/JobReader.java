package io.quickscale.rest;

import io.quickscale.job.Job;
import io.quickscale.job.JobDesk;
import io.quickscale.job.JobItem;
import io.quickscale.job.JobKind;
import io.quickscale.job.JobStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Jobs as they are shown, to their owners and to operators. */
@ApplicationScoped
class JobReader {
  @Inject JobDesk jobs;

  /** One job, with the result of a single run. */
  JobView view(Job job) {
    boolean hasResult =
        job.kind() != JobKind.BATCH && job.status().isEnded() && !jobs.isExpired(job);
    Optional<JobItem> item =
        hasResult ? jobs.items(job, -1, 1).stream().findFirst() : Optional.empty();
    return JobView.of(job, jobs.isExpired(job), item);
  }

  /** A page of jobs, without results. */
  Page<JobView> page(Optional<Long> userId, JobStatus status, Paging paging) {
    return paging.page(
        (before, limit) -> jobs.list(userId, Optional.ofNullable(status), before, limit),
        Job::id,
        job -> JobView.of(job, jobs.isExpired(job), Optional.empty()));
  }

  /** A page of a job's items, by index; the cursor is an index. */
  Page<JobView.Item> items(Job job, Paging paging) {
    return paging.page(
        (after, limit) -> items(job, after, limit), JobItem::index, JobView.Item::of);
  }

  /** Some of a job's items, behind an index. */
  List<JobItem> items(Job job, Optional<Long> after, int limit) {
    return jobs.items(job, after.map(Math::toIntExact).orElse(-1), limit);
  }
}
