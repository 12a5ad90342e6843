package io.quickscale.run;

import io.quickscale.db.DatabaseFailure;
import io.quickscale.db.GroupCommit;
import io.quickscale.db.NotWrittenException;
import io.quickscale.db.OutcomeUnknownException;
import io.quickscale.db.Written;
import io.quickscale.platform.ApplicationContext;
import io.quickscale.platform.LiveValue;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.Problem;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Starts and ends runs, each durable when the method returns; runs of the same moment share a
 * transaction, which one of their threads writes. Nobody waits without end: what could not be
 * written in time is answered with 503, and what may have been written all the same is left to
 * {@link UnsureRuns}.
 */
@ApplicationScoped
public class RunWriter {
  private static final Logger LOG = Logger.getLogger(RunWriter.class.getName());
  private static final int DEFAULT_GROUP = 128;
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);
  private static final int PROCESSORS_PER_WRITER = 2;
  private static final int MOST_WRITERS = 4;

  /** To end a run, where a failure has nothing to do with the database's state. */
  private static final int ATTEMPTS = 3;

  /** Between the attempts. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  @EJB ApplicationContext application;
  @Inject JournalTransaction transaction;
  @EJB UnsureRuns unsure;
  @Inject Time time;

  /**
   * How many transactions this node writes at a time; accounts are spread over them. Without a
   * number, one for two processors, four at most: more would only make smaller groups.
   */
  @Inject
  @ConfigProperty(name = "quickscale.ledger.writers")
  Optional<Integer> writers;

  /** The most starts and ends that wait for each of them; more are answered with 503. */
  @Inject
  @ConfigProperty(name = "quickscale.ledger.queue", defaultValue = "16384")
  int queue;

  /** How long a transaction waits for rows that somebody else has locked. */
  @Inject
  @ConfigProperty(name = "quickscale.ledger.lock-wait", defaultValue = "PT2.5S")
  Duration lockWait;

  @Inject Config config;

  private LiveValue<Integer> group;
  private LiveValue<Duration> maxWait;
  private GroupCommit<RunCommand, RunOutcome> commits;

  @PostConstruct
  void open() {
    group =
        new LiveValue<>(
            config, "quickscale.ledger.batch", Integer.class, size -> size > 0, "1 or more");
    maxWait =
        new LiveValue<>(
            config,
            "quickscale.ledger.max-wait",
            Duration.class,
            wait -> wait.compareTo(Duration.ZERO) > 0,
            "a duration above zero, PT10S for example");
    commits =
        new GroupCommit<>(
            new GroupCommit.Limits(
                writers.orElseGet(RunWriter::defaultWriters),
                queue,
                () -> group.orElse(DEFAULT_GROUP),
                this::maxWait,
                lockWait,
                time::nanos),
            this::inApplication);
  }

  private static int defaultWriters() {
    int processors = Runtime.getRuntime().availableProcessors();
    return Math.max(1, Math.min(MOST_WRITERS, processors / PROCESSORS_PER_WRITER));
  }

  @PreDestroy
  void close() {
    commits.close();
  }

  /**
   * Holds the most that an order can cost and opens its runs. If that is not known to have been
   * written or not, it is undone as soon as the database says more.
   *
   * @return {@link RunOutcome.Started}, or {@link RunOutcome.Replayed} for an earlier order with
   *     the same idempotency key
   * @throws Problem the order is refused; nothing has been written, or it is undone
   */
  RunOutcome start(RunCommand.Start start) {
    try {
      return write(start).orThrow();
    } catch (NotWrittenException busy) {
      throw HttpProblem.busy(busy.retryAfter());
    } catch (Problem refusal) {
      throw refusal;
    } catch (RuntimeException unknown) {
      unsure.undo(start.order());
      throw answer(unknown);
    }
  }

  /**
   * Settles a run and writes its record. Tried again for as long as anybody waits, since the work
   * is done: writing it twice changes nothing.
   *
   * @throws ConflictProblem the run has been abandoned meanwhile; nothing has been written
   * @throws Problem 503: it could not be written. If it is awaited it will be, and whoever asks
   *     later gets the answer; else nobody could, and what is held is given back
   */
  Settled finish(RunCommand.Finish finish) {
    long begin = time.nanos();
    boolean interrupted = false;
    try {
      for (int attempt = 1; ; attempt++) {
        // Not even the wish to stop this thread is a reason to leave a run unpaid.
        interrupted |= Thread.interrupted();
        try {
          return ((RunOutcome.Ended) write(finish).orThrow()).settled();
        } catch (ConflictProblem abandoned) {
          throw abandoned;
        } catch (RuntimeException failure) {
          Duration left = maxWait().minusNanos(time.nanos() - begin);
          if (!isWorthAnother(attempt, failure) || left.compareTo(PAUSE) < 0) {
            unsure.settle(finish);
            throw answer(failure);
          }
          pause(failure, left);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Settles runs of one account together. Those that cannot be written so are tried again one by
   * one, as {@link #finish} does.
   *
   * @return how each was settled, or why it was not
   */
  List<Written<Settled>> finishAll(List<RunCommand.Finish> ends) {
    List<Written<RunOutcome>> together =
        commits.writeAll(ends.get(0).accountId(), List.<RunCommand>copyOf(ends));
    List<Written<Settled>> settled = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      settled.add(settled(ends.get(i), together.get(i)));
    }
    return settled;
  }

  private Written<Settled> settled(RunCommand.Finish finish, Written<RunOutcome> together) {
    try {
      return new Written<>(
          together.failure() == null
              ? ((RunOutcome.Ended) together.result().orThrow()).settled()
              : finish(finish),
          null);
    } catch (RuntimeException failure) {
      return new Written<>(null, failure);
    }
  }

  /** Gives what still runs of an order more time; if that fails now, there is time to try again. */
  void extend(RunCommand.Extend extend) {
    try {
      write(extend);
    } catch (RuntimeException failure) {
      LOG.log(Level.FINE, "An order cannot be given more time now", failure);
    }
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

  /** How long the slowest transaction that is being written has taken so far. */
  public Duration writingFor() {
    return commits.writingFor();
  }

  /** How many accounts are refused since somebody else holds their rows locked. */
  public int lockedAccounts() {
    return commits.lockedKeys();
  }

  /** See {@link GroupCommit#isWell}. */
  boolean isWell() {
    return commits.isWell();
  }

  /** See {@link GroupCommit#fillPercent}. */
  int fillPercent() {
    return commits.fillPercent();
  }

  /** Writes a command, once. */
  RunOutcome write(RunCommand command) {
    return commits.write(command.accountId(), command);
  }

  /** What has nothing to do with the database's state hardly goes away. */
  private static boolean isWorthAnother(int attempt, RuntimeException failure) {
    return attempt < ATTEMPTS
        || failure instanceof NotWrittenException
        || failure instanceof OutcomeUnknownException
        || DatabaseFailure.of(failure).isPresent();
  }

  private static void pause(RuntimeException failure, Duration left) {
    Duration wanted = failure instanceof NotWrittenException busy ? busy.retryAfter() : PAUSE;
    Duration longest = wanted.compareTo(left) < 0 ? wanted : left;
    LockSupport.parkNanos((longest.compareTo(PAUSE) < 0 ? PAUSE : longest).toNanos());
  }

  /** What the caller is told; what has no words for a caller is logged with a reference. */
  private static RuntimeException answer(RuntimeException failure) {
    if (failure instanceof NotWrittenException busy) {
      return HttpProblem.busy(busy.retryAfter());
    }
    if (failure instanceof OutcomeUnknownException slow) {
      return HttpProblem.busy(slow.retryAfter());
    }
    return failure;
  }

  private Duration maxWait() {
    return maxWait.orElse(DEFAULT_WAIT);
  }

  private List<RunOutcome> inApplication(List<RunCommand> commands, Duration wait) {
    FutureTask<List<RunOutcome>> task = new FutureTask<>(() -> transaction.write(commands, wait));
    application.run(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("It had been written already", e);
    }
  }
}
