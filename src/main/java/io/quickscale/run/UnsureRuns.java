package io.quickscale.run;

import io.quickscale.db.DatabaseFailure;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs whose callers were told 503 while the database may have written their start, or not their
 * end. They are looked at again as soon as it answers, so that none keeps credits set aside until
 * its deadline:
 *
 * <ul>
 *   <li>A start is undone: its service has not been called, and nobody waits for it.
 *   <li>An end under an idempotency key or within a job is written: whoever asks gets the answer.
 *   <li>Another end is undone: nobody could ever get what it would charge for.
 * </ul>
 *
 * <p>They are in memory only. If the node dies, or there are too many, the sweeper gives them up at
 * their deadline.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class UnsureRuns {
  private static final Logger LOG = Logger.getLogger(UnsureRuns.class.getName());
  private static final int MOST = 10_000;
  private static final int MOST_AT_A_TIME = 500;

  /**
   * What was on its way when a connection was lost may still be committed for some seconds; by then
   * the database has ended the session ({@link io.quickscale.db.TransactionLimits}).
   */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(30);

  /** An answer that could not be kept for this long is not any more. */
  private static final Duration ANSWERED_WITHIN = Duration.ofHours(1);

  @Inject RunWriter writer;
  @Inject RunJournal journal;
  @Inject Time time;

  private final Queue<Unsure> orders = new ConcurrentLinkedQueue<>();

  /**
   * @param orderId for the log
   * @param work throws a {@link ConflictProblem} if there is nothing that goes on
   */
  private record Unsure(
      long orderId, OffsetDateTime deadline, OffsetDateTime since, Runnable work) {}

  private enum Found {
    /** There is nothing left to do. */
    SETTLED,
    /** It is not there, or somebody else has locked it: another look is needed. */
    OPEN,
    /** The database is away: looking at others makes no sense now. */
    NOTHING
  }

  /** How many there are. */
  public int size() {
    return orders.size();
  }

  /** The order's start may have been written. */
  public void undo(Order order) {
    add(order.id(), order.deadline(), () -> abandon(order));
  }

  /** The run's end could not be written in time, or may have been written. */
  public void settle(RunCommand.Finish finish) {
    OpenRun run = finish.run();
    RunCommand command = finish.isAwaited() ? finish : new RunCommand.Abandon(run);
    add(run.orderId(), run.deadline(), () -> writer.write(command).orThrow());
  }

  /** The order's answer could not be kept in time. */
  void keep(Order order, Runnable work) {
    add(order.id(), time.now().plus(ANSWERED_WITHIN), work);
  }

  private void add(long orderId, OffsetDateTime deadline, Runnable work) {
    if (orders.size() < MOST) {
      orders.add(new Unsure(orderId, deadline, time.now(), work));
    }
  }

  @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false)
  void look() {
    int most = Math.min(orders.size(), MOST_AT_A_TIME);
    for (int i = 0; i < most; i++) {
      Unsure next = orders.poll();
      Found found = found(next);
      if (found != Found.SETTLED && time.now().isBefore(next.deadline())) {
        orders.add(next);
      }
      if (found == Found.NOTHING) {
        return;
      }
    }
  }

  private Found found(Unsure unsure) {
    try {
      unsure.work().run();
      LOG.info(
          () ->
              "order undone or settled usage_id=%s although the database did not answer at first"
                  .formatted(Ids.format(unsure.orderId())));
      return Found.SETTLED;
    } catch (ConflictProblem nothingGoesOn) {
      return time.now().isAfter(unsure.since().plus(ON_ITS_WAY)) ? Found.SETTLED : Found.OPEN;
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(Level.FINE, "A run whose outcome is unknown cannot be looked at", e);
      return DatabaseFailure.isOutage(e) ? Found.NOTHING : Found.OPEN;
    }
  }

  private void abandon(Order order) {
    List<OpenRun> runs = journal.ofOrder(order.user().accountId(), order.id());
    if (runs.isEmpty()) {
      throw new ConflictProblem("The order has not been written, or has ended.");
    }
    runs.forEach(run -> writer.write(new RunCommand.Abandon(run)).orThrow());
  }
}
