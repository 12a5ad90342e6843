package io.quickscale.db;

import io.quickscale.db.Quarantine.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One group on its way into the database. If its transaction fails, the group is halved until those
 * that fail are alone: a poisoned command fails by itself. For a lock, the group waits once; then
 * its halves hardly wait, until the keys that are locked are found and put in quarantine, and the
 * rest is written. If the database is away, all of them fail at once.
 */
final class Round<C, R> {
  private static final Logger LOG = Logger.getLogger(Round.class.getName());

  /** Enough for what another node is writing at this moment; not enough to hold up a lane. */
  private static final Duration BRIEFLY = Duration.ofMillis(100);

  /** The most time of a round for keys that were locked the last time. */
  private static final Duration FOR_SUSPECTS = Duration.ofSeconds(1);

  private final GroupTransaction<C, R> transaction;
  private final Quarantine quarantine;
  private final GroupCommit.Limits limits;
  private final long begin;
  private boolean interrupted;
  private Throwable outage;
  private Error error;

  Round(GroupTransaction<C, R> transaction, Quarantine quarantine, GroupCommit.Limits limits) {
    this.transaction = transaction;
    this.quarantine = quarantine;
    this.limits = limits;
    this.begin = limits.nanos().getAsLong();
  }

  /** Ends all of the tickets. Throws nothing. */
  void write(List<Ticket<C, R>> group) {
    if (quarantine.isEmpty()) {
      attempt(group, limits.lockWait());
      return;
    }
    refuse(group, Verdict.LOCKED);
    attempt(those(group, Verdict.FREE), limits.lockWait());
    Map<Long, List<Ticket<C, R>>> suspects = new LinkedHashMap<>();
    those(group, Verdict.SUSPECT)
        .forEach(
            ticket -> suspects.computeIfAbsent(ticket.key(), key -> new ArrayList<>()).add(ticket));
    suspects.forEach(this::attemptSuspect);
  }

  /** Whether somebody interrupted this thread meanwhile; the interrupt is cleared. */
  boolean wasInterrupted() {
    return interrupted || Thread.interrupted();
  }

  /** Why the database was found away; null if it was not. */
  Throwable outage() {
    return outage;
  }

  /** The error that a transaction ended with, of the virtual machine for example; null if none. */
  Error error() {
    return error;
  }

  Duration taken() {
    return Duration.ofNanos(limits.nanos().getAsLong() - begin);
  }

  private void attemptSuspect(long key, List<Ticket<C, R>> tickets) {
    if (taken().compareTo(FOR_SUSPECTS) > 0) {
      quarantine(tickets);
    } else {
      attempt(tickets, BRIEFLY);
      if (quarantine.of(key) == Verdict.SUSPECT) {
        quarantine.release(key);
      }
    }
  }

  private void attempt(List<Ticket<C, R>> tickets, Duration wait) {
    if (tickets.isEmpty()) {
      return;
    }
    List<R> results;
    try {
      results = transaction.write(tickets.stream().map(Ticket::command).toList(), wait);
    } catch (Throwable failure) {
      failed(tickets, wait, failure);
      return;
    }
    for (int i = 0; i < tickets.size(); i++) {
      tickets.get(i).succeed(results.get(i));
    }
  }

  private void failed(List<Ticket<C, R>> tickets, Duration wait, Throwable failure) {
    if (failure instanceof Error met) {
      error = met;
      LOG.log(Level.SEVERE, "A group could not be written", met);
    }
    if (Thread.interrupted() && !interrupted && !isOver()) {
      // Somebody wants this thread to stop; the others have nothing to do with that.
      interrupted = true;
      attempt(tickets, wait);
    } else if (DatabaseFailure.isLockTimeout(failure)) {
      locked(tickets);
    } else if (DatabaseFailure.isOutage(failure)) {
      // Each one by itself would only wait for it in turn.
      outage = failure;
      tickets.forEach(ticket -> ticket.fail(failure));
    } else if (tickets.size() == 1 || isOver()) {
      tickets.forEach(ticket -> ticket.fail(failure));
    } else {
      LOG.log(Level.FINE, "A group failed; its halves are written", failure);
      halve(tickets, wait);
    }
  }

  private void locked(List<Ticket<C, R>> tickets) {
    boolean oneKey = tickets.stream().mapToLong(Ticket::key).distinct().count() == 1;
    if (oneKey || isOver()) {
      quarantine(tickets);
    } else {
      halve(tickets, BRIEFLY);
    }
  }

  private void halve(List<Ticket<C, R>> tickets, Duration wait) {
    int middle = tickets.size() / 2;
    for (List<Ticket<C, R>> half :
        List.of(tickets.subList(0, middle), tickets.subList(middle, tickets.size()))) {
      refuse(half, Verdict.LOCKED);
      attempt(half.stream().filter(ticket -> ticket.is(Ticket.State.TAKEN)).toList(), wait);
    }
  }

  private void quarantine(List<Ticket<C, R>> tickets) {
    tickets.stream().mapToLong(Ticket::key).distinct().forEach(quarantine::add);
    refuse(tickets, Verdict.LOCKED);
  }

  private void refuse(List<Ticket<C, R>> tickets, Verdict verdict) {
    those(tickets, verdict).forEach(ticket -> ticket.fail(quarantine.refusal(ticket.key())));
  }

  private List<Ticket<C, R>> those(List<Ticket<C, R>> tickets, Verdict verdict) {
    Predicate<Ticket<C, R>> judged = ticket -> quarantine.of(ticket.key()) == verdict;
    return tickets.stream().filter(ticket -> ticket.is(Ticket.State.TAKEN)).filter(judged).toList();
  }

  private boolean isOver() {
    return taken().compareTo(limits.maxWait().get()) > 0;
  }
}
