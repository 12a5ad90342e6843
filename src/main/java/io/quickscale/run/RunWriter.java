package io.quickscale.run;

import io.quickscale.db.GroupCommit;
import io.quickscale.platform.LiveValue;
import io.quickscale.problem.ConflictProblem;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Starts and ends runs, each durable when the method returns; runs of the same moment share a
 * transaction.
 */
@ApplicationScoped
public class RunWriter {
  private static final int DEFAULT_BATCH = 128;
  private static final int FINISH_ATTEMPTS = 3;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  @Resource ManagedThreadFactory threads;
  @Inject RunJournal journal;

  /**
   * How many transactions this node writes at a time; accounts are spread over them. Without a
   * number, one for each processor, but at least 2 and at most 8: more would only make smaller
   * groups.
   */
  @Inject
  @ConfigProperty(name = "quickscale.ledger.writers")
  Optional<Integer> writers;

  /** The most starts and ends that wait for each of them; more are answered with 503. */
  @Inject
  @ConfigProperty(name = "quickscale.ledger.queue", defaultValue = "4096")
  int queue;

  @Inject Config config;

  private GroupCommit<RunCommand, RunOutcome> commits;

  @PostConstruct
  void open() {
    LiveValue<Integer> batch =
        new LiveValue<>(
            config, "quickscale.ledger.batch", Integer.class, size -> size > 0, "1 or more");
    commits =
        new GroupCommit<>(
            threads,
            writers.orElseGet(RunWriter::defaultWriters),
            queue,
            () -> batch.orElse(DEFAULT_BATCH),
            journal::write);
  }

  private static int defaultWriters() {
    return Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
  }

  @PreDestroy
  void close() {
    commits.close();
  }

  /**
   * Holds the most that an order can cost and opens its runs.
   *
   * @return {@link RunOutcome.Started}, or {@link RunOutcome.Replayed} for an earlier order with
   *     the same idempotency key
   * @throws io.quickscale.problem.Problem the order is refused; nothing has been written
   */
  RunOutcome start(Order order, List<Run> runs) {
    return commits.write(order.user().accountId(), new RunCommand.Start(order, runs)).orThrow();
  }

  /**
   * Settles a run and writes its record.
   *
   * @param reply the answer that is kept with it
   * @throws io.quickscale.problem.ConflictProblem the run has been abandoned meanwhile; nothing has
   *     been written
   */
  Settled finish(OpenRun run, RunEnd end, Optional<RunCommand.Reply> reply) {
    RunCommand finish = new RunCommand.Finish(run, end, reply);
    RuntimeException failure = null;
    for (int attempt = 1; attempt <= FINISH_ATTEMPTS; attempt++) {
      try {
        RunOutcome outcome = commits.write(run.accountId(), finish).orThrow();
        return ((RunOutcome.Ended) outcome).settled();
      } catch (ConflictProblem abandoned) {
        throw abandoned;
      } catch (RuntimeException e) {
        // The work is done: try to have it paid before giving it up. Writing it twice changes
        // nothing.
        failure = e;
        LockSupport.parkNanos(attempt * PAUSE_NANOS);
      }
    }
    throw failure;
  }

  /** How many starts and ends wait. */
  public int waiting() {
    return commits.waiting();
  }

  /** The most that can wait; more are refused. */
  public int capacity() {
    return commits.capacity();
  }

  /** How many transactions are written at a time. */
  public int writers() {
    return commits.lanes();
  }

  /** See {@link GroupCommit#fillPercent}. */
  int fillPercent() {
    return commits.fillPercent();
  }
}
