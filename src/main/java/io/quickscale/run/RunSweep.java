package io.quickscale.run;

import io.quickscale.platform.Ids;
import io.quickscale.platform.KeyWalk;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives up runs that did not end by their deadline, because their node died or hangs. Every node
 * sweeps; whoever deletes the row of the open run ends it, so that of two sweepers, or a sweeper
 * and a late settlement, one wins.
 */
@Singleton
public class RunSweep {
  private static final Logger LOG = Logger.getLogger(RunSweep.class.getName());
  private static final int RUNS_AT_A_TIME = 200;
  private static final Duration LONGEST_SWEEP = Duration.ofSeconds(30);

  /** An account that is locked for longer is passed over. */
  private static final Duration LOCK_WAIT = Duration.ofMillis(2500);

  @Inject RunJournal journal;
  @Inject Event<OpenRun> abandoned;
  @Inject Time time;

  private final KeyWalk<OpenRun> walk = new KeyWalk<>(LONGEST_SWEEP);

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void abandonOverdueRuns() {
    try {
      sweep();
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(Level.WARNING, "Overdue runs cannot be looked for now; the next sweep will", e);
    }
  }

  /**
   * Gives up what is overdue now, without waiting for the next time; what cannot be given up is
   * passed over.
   *
   * @return how many runs were given up
   */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public int sweep() {
    return walk.go(time, last -> journal.overdue(last, RUNS_AT_A_TIME), this::abandon);
  }

  /** Whether the run was given up. */
  private boolean abandon(OpenRun run) {
    try {
      journal.abandon(run, LOCK_WAIT).orThrow();
      abandoned.fire(run);
      return true;
    } catch (ConflictProblem endedMeanwhile) {
      LOG.fine(() -> "Run " + Ids.format(run.usageId()) + " ended at the last moment");
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING, e, () -> "Run " + Ids.format(run.usageId()) + " cannot be given up yet");
    }
    return false;
  }
}
