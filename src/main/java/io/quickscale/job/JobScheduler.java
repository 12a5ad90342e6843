package io.quickscale.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quickscale.job.JobRunner.Left;
import io.quickscale.platform.Time;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Decides with the other nodes, in the database, who works on which job: db-scheduler. Its row says
 * only that somebody must; what a job is stands in tables of our own. A node that falls silent
 * loses its jobs to another one after four missed heartbeats.
 */
@Singleton
@Startup
@DependsOn({"SchemaMigration", "Registry"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class JobScheduler {
  private static final Duration POLLING = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final int MISSED_HEARTBEATS = 4;

  /** After a failure that is none of a run, such as a database that is away. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** Before somebody goes on with what could not be settled at once. */
  private static final Duration UNSETTLED = Duration.ofSeconds(1);

  private static final int HOUSEKEEPERS = 3;

  /**
   * Parts of the slots: a node takes no more jobs than it has room for, so that others get some.
   */
  private static final double FETCH_BELOW = 0.5;

  private static final double FETCH_UP_TO = 1.0;

  @Resource(lookup = "java:comp/env/jdbc/quickscale")
  DataSource dataSource;

  @Resource ManagedThreadFactory threads;

  @Inject JobRunner runner;
  @Inject JobJournal journal;
  @Inject Time time;

  /** How many jobs this node works on at a time. */
  @Inject
  @ConfigProperty(name = "quickscale.job.slots", defaultValue = "16")
  int slots;

  /** How long a stop waits for the items that run. */
  @Inject
  @ConfigProperty(name = "quickscale.job.stop-wait", defaultValue = "PT10S")
  Duration stopWait;

  private Scheduler scheduler;

  @PostConstruct
  void start() {
    SchedulerBuilder builder =
        Scheduler.create(dataSource, task())
            .threads(slots)
            .executorService(pool(slots))
            .dueExecutor(pool(1))
            .housekeeperExecutor(new ScheduledThreadPoolExecutor(HOUSEKEEPERS, threads))
            .pollingInterval(POLLING)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .enableImmediateExecution()
            .enablePriority()
            .shutdownMaxWait(stopWait)
            .clock(() -> time.now().toInstant());
    scheduler = forDatabase(builder).build();
    scheduler.start();
  }

  /** H2 is not known to it, and is asked in the plain way. */
  private SchedulerBuilder forDatabase(SchedulerBuilder builder) {
    return journal.canSkipLocked()
        ? builder.pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
        : builder
            .pollUsingFetch(FETCH_BELOW, FETCH_UP_TO)
            .jdbcCustomization(new DefaultJdbcCustomization(false));
  }

  private ExecutorService pool(int size) {
    return new ThreadPoolExecutor(
        size, size, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), threads);
  }

  private Task<Void> task() {
    return Tasks.custom(JobTable.TASK, Void.class)
        .onDeadExecutionRevive()
        .onFailure(new FailureHandler.OnFailureRetryLater<>(AGAIN))
        .execute((instance, context) -> work(Long.parseLong(instance.getId())));
  }

  private CompletionHandler<Void> work(long id) {
    return runner.work(id) == Left.ENDED
        ? new CompletionHandler.OnCompleteRemove<>()
        : (complete, operations) -> operations.reschedule(complete, next());
  }

  private Instant next() {
    return time.now().plus(UNSETTLED).toInstant();
  }

  @PreDestroy
  void stop() {
    runner.stop();
    scheduler.stop();
  }

  /** Has this node look for jobs now. */
  public void look() {
    scheduler.triggerCheckForDueExecutions();
  }

  /** Begins no more jobs while this node is asked to leave. */
  public void followDrain() {
    boolean isPaused = scheduler.getSchedulerState().isPaused();
    if (runner.isLeaving() && !isPaused) {
      scheduler.pause();
    } else if (!runner.isLeaving() && isPaused) {
      scheduler.resume();
    }
  }
}
