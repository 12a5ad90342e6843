package io.quickscale.job;

import io.quickscale.credit.Credits;
import io.quickscale.db.Writes;
import io.quickscale.job.JobTable.Input;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.NotFoundProblem;
import io.quickscale.problem.RateLimitedProblem;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import io.quickscale.run.Answer;
import io.quickscale.run.OrderRequest;
import io.quickscale.run.OrderStart;
import io.quickscale.run.Orders;
import io.quickscale.service.BaseService;
import io.quickscale.service.Jobs;
import io.quickscale.service.ServiceUser;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Where jobs are submitted, looked at and cancelled. Never inside a transaction: orders have their
 * own.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
public class JobDesk implements Jobs {
  private static final Logger LOG = Logger.getLogger(JobDesk.class.getName());

  /** When a user's queue may have become shorter, in seconds. */
  private static final int QUEUE_AGAIN = 10;

  @EJB Registry registry;
  @EJB JobScheduler scheduler;
  @Inject JobJournal journal;
  @Inject JobInputs inputs;
  @Inject JobRunner runner;
  @Inject JobSettings settings;
  @Inject Orders orders;
  @Inject Ids ids;
  @Inject Time time;

  /**
   * Takes a job for a service from a client.
   *
   * @param body JSON in UTF-8
   * @param words the answer, kept for the request's idempotency key
   * @throws io.quickscale.problem.Problem it is refused; nothing is held, nothing is recorded
   */
  public Answer submit(
      JobRequest request, String service, byte[] body, Function<Job, Answer> words) {
    long id = ids.next();
    OrderRequest order = order(request, id);
    Optional<Answer> earlier = orders.earlier(order);
    return earlier.isPresent()
        ? earlier.get()
        : start(id, order, inputs.read(registry.require(service), body), words);
  }

  @Override
  public <I> String submit(ServiceUser user, BaseService<I, ?> service, I input) {
    return submit(JobKind.RUN, user, service, Collections.singletonList(input));
  }

  @Override
  public <I> String submitBatch(ServiceUser user, BaseService<I, ?> service, List<I> items) {
    return submit(JobKind.BATCH, user, service, items);
  }

  private String submit(JobKind kind, ServiceUser user, BaseService<?, ?> service, List<?> items) {
    RegisteredService registered = registry.of(service);
    registered.requireRunnable();
    JobRequest request =
        new JobRequest(user, Optional.empty(), UUID.randomUUID().toString(), Optional.empty());
    long id = ids.next();
    start(
        id,
        order(request, id),
        inputs.take(kind, registered, items),
        job -> new Answer(202, "text/plain", "", false));
    return Ids.format(id);
  }

  private static OrderRequest order(JobRequest request, long id) {
    return new OrderRequest(
        request.user(),
        request.apiKeyId(),
        request.correlationId(),
        request.key(),
        Optional.of(id));
  }

  private Answer start(long id, OrderRequest request, JobOrder work, Function<Job, Answer> words) {
    requirePlace(request.user());
    Job job = job(id, request, work);
    Answer answer = words.apply(job);
    OrderStart start =
        orders.start(
            request,
            Collections.nCopies(work.inputs().size(), work.service()),
            Optional.of(answer),
            (usageIds, writes) -> write(job, work, usageIds, writes));
    if (start instanceof OrderStart.AnsweredEarlier before) {
      return before.answer();
    }
    giveTurn(request.user());
    return answer;
  }

  /** Of requests at the same moment more may come through; it is no promise to the number. */
  private void requirePlace(ServiceUser user) {
    if (journal.waiting(user.id()) >= settings.waiting()) {
      throw new RateLimitedProblem(
          "You have %d jobs that wait, the most at a time. Wait until one has begun, or cancel one."
              .formatted(settings.waiting()),
          QUEUE_AGAIN);
    }
  }

  private static void write(Job job, JobOrder work, List<Long> usageIds, Writes writes) {
    List<Input> rows =
        IntStream.range(0, usageIds.size())
            .mapToObj(i -> new Input(job.id(), i, usageIds.get(i), work.inputs().get(i)))
            .toList();
    JobTable.insert(job.of(usageIds.get(0)), rows, writes);
  }

  private Job job(long id, OrderRequest request, JobOrder work) {
    int total = work.inputs().size();
    return new Job(
        id,
        0,
        request.user().accountId(),
        request.user().id(),
        request.apiKeyId(),
        request.correlationId(),
        work.kind(),
        work.service().name(),
        work.priority(),
        JobStatus.QUEUED,
        false,
        new JobProgress(0, 0, total, Optional.empty()),
        Credits.sum(Collections.nCopies(total, work.service().price().maximum())),
        Credits.ZERO,
        1,
        time.now(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void giveTurn(ServiceUser user) {
    try {
      if (journal.admitNext(user.id())) {
        scheduler.look();
      }
    } catch (RuntimeException e) {
      // It is there; the keeper gives it its turn.
      LOG.log(Level.FINE, "A job cannot be given its turn now", e);
    }
  }

  @Override
  public JobState state(ServiceUser user, String id) {
    Job job = require(Optional.of(user.id()), Ids.parse(id).orElseThrow(JobDesk::none));
    return new JobState(
        id,
        job.kind().word(),
        job.status().word(),
        job.progress().done(),
        job.progress().failed(),
        job.progress().total(),
        job.consumed().toDecimal());
  }

  /**
   * One job.
   *
   * @param userId whose it must be; empty for anybody's
   * @throws NotFoundProblem there is none
   */
  public Job require(Optional<Long> userId, long id) {
    return journal
        .find(id)
        .filter(job -> userId.isEmpty() || userId.get() == job.userId())
        .orElseThrow(JobDesk::none);
  }

  /** Those of these jobs that there are, anybody's. */
  public List<Job> find(Collection<Long> ids) {
    return journal.find(ids);
  }

  /**
   * Jobs, newest first.
   *
   * @param userId whose; empty for everybody's
   * @param before only those older than this one
   */
  public List<Job> list(
      Optional<Long> userId, Optional<JobStatus> status, Optional<Long> before, int limit) {
    return journal.list(userId, status, before, limit);
  }

  /**
   * The items of a job that have ended, in their order.
   *
   * @param after behind which index; -1 from the first on
   * @throws NotFoundProblem they have been kept for long enough, and are deleted
   */
  public List<JobItem> items(Job job, int after, int limit) {
    if (isExpired(job)) {
      throw new NotFoundProblem("The results of this job were kept until they expired.");
    }
    return journal.items(job.id(), after, limit);
  }

  /** Whether its inputs and results are not kept any longer. */
  public boolean isExpired(Job job) {
    return job.keptUntil().filter(end -> !end.isAfter(time.now())).isPresent();
  }

  /**
   * Cancels a job: what has not begun is given back, what runs is interrupted. One that waits is
   * cancelled when this returns, another one within seconds.
   *
   * @param userId whose it must be; empty for anybody's
   * @throws NotFoundProblem there is none
   * @throws ConflictProblem it has ended in another way
   */
  public Job cancel(Optional<Long> userId, long id) {
    Job job = require(userId, id);
    if (journal.requestCancel(id)) {
      if (job.status() == JobStatus.QUEUED) {
        runner.work(id);
      } else {
        runner.cancel(id);
      }
    } else if (job.status() != JobStatus.CANCELLED) {
      throw new ConflictProblem("The job has ended already. There is nothing to cancel.");
    }
    return require(userId, id);
  }

  private static NotFoundProblem none() {
    return new NotFoundProblem("There is no such job.");
  }
}
