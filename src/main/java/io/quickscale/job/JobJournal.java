package io.quickscale.job;

import io.quickscale.job.JobProgress.Share;
import io.quickscale.job.JobTable.Input;
import io.quickscale.job.JobTable.Queue;
import io.quickscale.job.JobTable.Task;
import io.quickscale.job.JobTable.Totals;
import io.quickscale.platform.Time;
import io.quickscale.service.ServiceUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What jobs read and write, each a short transaction. A user's jobs that have not ended are locked
 * together, in the order of their ids, by whatever gives one of them its turn or ends it.
 */
@ApplicationScoped
class JobJournal {
  @Inject JobTable table;
  @Inject JobSettings settings;
  @Inject Time time;

  @Transactional
  public Optional<Job> find(long id) {
    return table.find(id);
  }

  /** Those of these that there are. */
  @Transactional
  public List<Job> find(Collection<Long> ids) {
    return table.find(ids);
  }

  /** See {@link JobTable#list}. */
  @Transactional
  public List<Job> list(
      Optional<Long> userId, Optional<JobStatus> status, Optional<Long> before, int limit) {
    return table.list(userId, status, before, limit);
  }

  /** The items that have ended, behind an index. */
  @Transactional
  public List<JobItem> items(long id, int after, int limit) {
    return table.items(id, after, limit);
  }

  /** The inputs from an index on. */
  @Transactional
  public List<Input> inputs(long id, int from, int limit) {
    return table.inputs(id, from, limit);
  }

  /** Whether the database lets a reader pass over rows that others have locked. */
  @Transactional
  public boolean canSkipLocked() {
    return !table.isEmbedded();
  }

  /** Whose job it is. */
  @Transactional
  public ServiceUser owner(Job job) {
    return table.owner(job);
  }

  /** How many jobs of a user wait. */
  @Transactional
  public int waiting(long userId) {
    return table.waiting(userId);
  }

  /** How many jobs wait. */
  @Transactional
  public Queue queue() {
    return table.queue();
  }

  /**
   * Gives the next of a user's jobs their turn.
   *
   * @return whether any got it
   */
  @Transactional
  public boolean admitNext(long userId) {
    return admit(table.lockGoing(userId));
  }

  private boolean admit(List<Turns.Going> going) {
    List<Turns.Going> next = Turns.next(going, settings.running());
    if (next.isEmpty()) {
      return false;
    }
    table.admit(next.stream().map(Turns.Going::id).toList());
    schedule(next);
    return true;
  }

  /** Users with jobs that have not had their turn. */
  @Transactional
  public List<Long> usersWaiting() {
    return table.usersWaiting();
  }

  /**
   * Schedules again what the scheduler has lost.
   *
   * @return how many there were
   */
  @Transactional
  public int scheduleLost() {
    List<Turns.Going> lost = table.lost();
    schedule(lost);
    return lost.size();
  }

  private void schedule(List<Turns.Going> jobs) {
    OffsetDateTime now = time.now();
    table.schedule(jobs.stream().map(job -> new Task(job.id(), job.priority(), now)).toList());
  }

  /** Whether the scheduler has jobs that nobody works on. */
  @Transactional
  public boolean othersWait() {
    return table.othersWait(time.now());
  }

  /** Says that a node works on a job; empty if there is nothing left to do. */
  @Transactional
  public Optional<Job> begin(long id) {
    return table.begin(id, time.now()) ? table.find(id) : Optional.empty();
  }

  /** What the results add up to so far. */
  @Transactional
  public Totals totals(long id) {
    return table.totals(id);
  }

  /** Shows how far a job is. */
  @Transactional
  public void progress(long id, Totals totals, Share ofRun) {
    table.progress(id, totals, ofRun);
  }

  /** Notes that somebody wants a job no more; false if it has ended. */
  @Transactional
  public boolean requestCancel(long id) {
    return table.requestCancel(id);
  }

  /** Those of these that somebody wants no more. */
  @Transactional
  public List<Long> cancelled(Collection<Long> ids) {
    return table.cancelled(ids);
  }

  /**
   * Ends a job none of whose runs goes on, and gives the user's next one its turn. Nothing happens
   * if it has ended.
   *
   * @param lost the problem, as JSON, of items that have ended without a result
   */
  @Transactional
  public void end(Job job, String lost) {
    List<Turns.Going> going = table.lockGoing(job.userId());
    if (going.stream().noneMatch(one -> one.id() == job.id())) {
      return;
    }
    boolean isCancelled = !table.cancelled(List.of(job.id())).isEmpty();
    if (!isCancelled) {
      table.fillWith(job.id(), lost);
    }
    Totals totals = table.totals(job.id());
    OffsetDateTime now = time.now();
    table.end(
        job.id(),
        JobStatus.atEnd(isCancelled, job.progress().total(), totals.results(), totals.failed()),
        totals,
        now,
        now.plus(settings.kept()));
    admit(going.stream().filter(one -> one.id() != job.id()).toList());
  }

  /** A few jobs whose results have been kept for long enough. */
  @Transactional
  public List<Long> toClear(int limit) {
    return table.toClear(time.now(), limit);
  }

  /**
   * Deletes a few inputs and results of a job.
   *
   * @return whether there may be more
   */
  @Transactional
  public boolean clear(long id, int rows) {
    boolean found = table.clearSome(id, rows);
    if (!found) {
      table.cleared(id);
    }
    return found;
  }
}
