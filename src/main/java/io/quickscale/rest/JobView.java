package io.quickscale.rest;

import io.quickscale.job.Job;
import io.quickscale.job.JobItem;
import io.quickscale.job.JobProgress;
import io.quickscale.job.JobStatus;
import io.quickscale.json.JsonText;
import io.quickscale.platform.Ids;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A job.
 *
 * @param service that it runs
 * @param cancelRequested whether somebody wants it no more
 * @param creditsHeld what is set aside for what has not ended
 * @param keptUntil when its inputs and results are deleted; null while it goes on
 * @param expired whether they are
 * @param result of the run; null in lists, for many runs, and if there is none
 * @param error the problem of the run; null in lists, for many runs, and if there is none
 */
public record JobView(
    String id,
    String kind,
    String service,
    String status,
    boolean cancelRequested,
    Progress progress,
    BigDecimal creditsHeld,
    BigDecimal creditsConsumed,
    int priority,
    String userId,
    String correlationId,
    OffsetDateTime createdAt,
    OffsetDateTime startedAt,
    OffsetDateTime finishedAt,
    OffsetDateTime keptUntil,
    boolean expired,
    Object result,
    Object error) {
  /**
   * How far it is: in items, or in the units of a service that says how far its run is.
   *
   * @param done what has ended, in whatever way
   */
  public record Progress(long done, long failed, long total) {
    static Progress of(Job job) {
      JobProgress progress = job.progress();
      return progress
          .ofRun()
          .map(said -> ofRun(job, said))
          .orElseGet(() -> new Progress(progress.done(), progress.failed(), progress.total()));
    }

    private static Progress ofRun(Job job, JobProgress.Share said) {
      long done = job.status() == JobStatus.SUCCEEDED ? said.total() : said.done();
      return new Progress(done, job.progress().failed(), said.total());
    }
  }

  /**
   * An item that has ended, as in the answer to a batch.
   *
   * @param result null if it failed, and if it is larger than what is kept
   * @param error the problem; null if it succeeded
   */
  public record Item(
      int index,
      boolean success,
      Object result,
      Object error,
      BigDecimal creditsConsumed,
      String usageId) {
    static Item of(JobItem item) {
      return new Item(
          item.index(),
          item.success(),
          text(item, true),
          text(item, false),
          item.cost().toDecimal(),
          Ids.format(item.usageId()));
    }
  }

  private static JsonText text(JobItem item, boolean ofSuccess) {
    return item.success() == ofSuccess ? item.body().map(JsonText::new).orElse(null) : null;
  }

  /**
   * A job.
   *
   * @param item its only item, where that is shown
   */
  static JobView of(Job job, boolean expired, Optional<JobItem> item) {
    return new JobView(
        Ids.format(job.id()),
        job.kind().word(),
        job.service(),
        job.status().word(),
        job.cancelRequested(),
        Progress.of(job),
        job.held().toDecimal(),
        job.consumed().toDecimal(),
        job.priority(),
        Ids.format(job.userId()),
        job.correlationId(),
        job.createdAt(),
        job.startedAt().orElse(null),
        job.finishedAt().orElse(null),
        job.keptUntil().orElse(null),
        expired,
        item.map(one -> text(one, true)).orElse(null),
        item.map(one -> text(one, false)).orElse(null));
  }
}
