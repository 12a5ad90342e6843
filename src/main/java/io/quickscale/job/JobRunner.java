package io.quickscale.job;

import io.quickscale.db.Writes;
import io.quickscale.job.JobProgress.Share;
import io.quickscale.job.JobTable.Input;
import io.quickscale.job.JobTable.Result;
import io.quickscale.json.JsonCodec;
import io.quickscale.platform.DrainFile;
import io.quickscale.platform.Parallel;
import io.quickscale.platform.Time;
import io.quickscale.problem.CancelledProblem;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.Problem;
import io.quickscale.registry.Registry;
import io.quickscale.run.Alongside;
import io.quickscale.run.OpenOrder;
import io.quickscale.run.OrderedRun;
import io.quickscale.run.Orders;
import io.quickscale.run.RunAnswer;
import io.quickscale.run.RunProgress;
import io.quickscale.run.Usage;
import io.quickscale.service.ServiceUser;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Works on jobs: executes what has not ended of them, item by item, and ends them. What a node did
 * that died is durable item by item, so that another one goes on where it stood.
 */
@ApplicationScoped
class JobRunner {
  private static final int INPUTS_AT_A_TIME = 200;
  private static final int GIVEN_BACK_AT_A_TIME = 256;

  /** What a database keeps of a result without trouble. */
  private static final int LARGEST_BODY = 1_000_000;

  private static final Share NO_SHARE = new Share(-1, -1);

  @EJB Registry registry;
  @Inject JobJournal journal;
  @Inject JobSettings settings;
  @Inject JobProblems problems;
  @Inject Orders orders;
  @Inject Parallel parallel;
  @Inject RunProgress progress;
  @Inject JsonCodec codec;
  @Inject DrainFile drain;
  @Inject Time time;

  private final Map<Long, JobWork> working = new ConcurrentHashMap<>();
  private volatile boolean isStopping;

  /** How a node is left by a job. */
  enum Left {
    /** There is nothing left to do. */
    ENDED,
    /** Somebody is to go on with it. */
    UNFINISHED
  }

  /** Works on a job for as long as it may, on this thread and beside it. */
  Left work(long id) {
    Optional<Job> begun = journal.begin(id);
    if (begun.isEmpty()) {
      return Left.ENDED;
    }
    Job job = begun.get();
    ServiceUser owner = journal.owner(job);
    OpenOrder order = orders.resume(owner, id, job.orderId());
    JobWork work =
        new JobWork(
            order,
            journal.totals(id),
            from -> journal.inputs(id, from, INPUTS_AT_A_TIME),
            slice(),
            (input, its) -> execute(job, input, its));
    working.put(id, work);
    try {
      if (job.cancelRequested()) {
        work.cancel();
      }
      parallel.run(work, order.width());
      order.flush();
      if (work.isCancelled()) {
        giveBack(order);
      }
    } finally {
      working.remove(id);
      progress.forget(job.orderId());
    }
    return end(job, owner);
  }

  private Left end(Job job, ServiceUser owner) {
    // Looked at anew: what could not be settled goes on, and must not look as if it had ended.
    if (!orders.resume(owner, job.id(), job.orderId()).runs().isEmpty()) {
      return Left.UNFINISHED;
    }
    journal.end(
        job,
        problems.write(
            job.id(), new ConflictProblem("The run was given up: it did not end in time.")));
    return Left.ENDED;
  }

  /** A few at a time: all at once would fill the queue that all callers share. */
  private static void giveBack(OpenOrder order) {
    List<Long> left = order.runs().stream().map(OrderedRun::usageId).toList();
    CancelledProblem why = new CancelledProblem("The job was cancelled before this was run.");
    for (int i = 0; i < left.size(); i += GIVEN_BACK_AT_A_TIME) {
      order.cancel(
          left.subList(i, Math.min(left.size(), i + GIVEN_BACK_AT_A_TIME)), why, Alongside.NOTHING);
    }
  }

  private void execute(Job job, Input input, JobWork work) {
    OpenOrder order = work.order();
    Alongside result = (answer, writes) -> keep(job, input, answer, writes);
    Object bound;
    try {
      bound =
          orders.read(
              registry.require(job.service()), input.text().getBytes(StandardCharsets.UTF_8));
    } catch (Problem changedMeanwhile) {
      work.ended(order.refuse(input.usageId(), changedMeanwhile, result));
      return;
    }
    if (job.kind() == JobKind.RUN) {
      progress.watch(input.usageId());
    }
    order.executeAndSettleLater(input.usageId(), bound, result, work::ended);
  }

  private void keep(Job job, Input input, RunAnswer answer, Writes writes) {
    if (answer.status() != Usage.Status.CANCELLED) {
      JobItem item =
          new JobItem(
              input.index(),
              input.usageId(),
              answer.isSuccess(),
              answer.cost(),
              Optional.of(body(job, answer)).filter(body -> body.length() <= LARGEST_BODY));
      JobTable.insert(new Result(job.id(), item), writes);
    }
  }

  private String body(Job job, RunAnswer answer) {
    return answer
        .problem()
        .map(problem -> problems.write(job.id(), problem))
        .orElseGet(() -> codec.write(answer.result()));
  }

  /** Whether a job is to give way: its time is over, and others wait. */
  private BooleanSupplier slice() {
    return new BooleanSupplier() {
      private long since = time.nanos();

      @Override
      public boolean getAsBoolean() {
        if (isLeaving()) {
          return true;
        }
        if (time.nanos() - since < settings.slice().toNanos()) {
          return false;
        }
        since = time.nanos();
        return journal.othersWait();
      }
    };
  }

  /** Whether this node is to begin nothing more. */
  boolean isLeaving() {
    return isStopping || drain.exists();
  }

  /** From now on nothing more is begun. */
  void stop() {
    isStopping = true;
    working.values().forEach(JobWork::pause);
  }

  /** Cancels a job if this node works on it. */
  void cancel(long id) {
    JobWork work = working.get(id);
    if (work != null) {
      work.cancel();
    }
  }

  /** How many jobs this node works on. */
  int working() {
    return working.size();
  }

  /** Shows how far this node's jobs are, and learns which of them nobody wants any more. */
  void pulse() {
    List<Long> ids = List.copyOf(working.keySet());
    if (ids.isEmpty()) {
      return;
    }
    for (long id : ids) {
      JobWork work = working.get(id);
      if (work != null) {
        journal.progress(id, work.totals(), share(work));
      }
    }
    journal.cancelled(ids).forEach(this::cancel);
    if (isLeaving()) {
      working.values().forEach(JobWork::pause);
    }
  }

  private Share share(JobWork work) {
    return progress
        .of(work.order().id())
        .map(said -> new Share(said.done(), said.total()))
        .orElse(NO_SHARE);
  }
}
