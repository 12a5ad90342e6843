package io.quickscale.system;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** How customers were answered, refusals and silence included. */
final class Tally {
  private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
  private final AtomicReference<Duration> longestWait = new AtomicReference<>(Duration.ZERO);
  private final LongAdder foreign = new LongAdder();
  private final Queue<Purchase> purchases = new ConcurrentLinkedQueue<>();
  private final Map<String, String> unclear = new ConcurrentHashMap<>();

  void count(String answer) {
    answers.computeIfAbsent(answer, any -> new LongAdder()).increment();
  }

  /**
   * Counts an answer that is not the application's: of a server that listens already, but has not
   * deployed it, or of a balancer.
   */
  void countForeign(Reply reply) {
    foreign.increment();
    count("no application " + reply.status());
  }

  void bought(Purchase purchase) {
    purchases.add(purchase);
  }

  /** Notes how long somebody waited for an answer. */
  void waited(Duration time) {
    longestWait.accumulateAndGet(time, Tally::longer);
  }

  /** The longest wait for an answer so far. */
  Duration longestWait() {
    return longestWait.get();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Notes an answer that does not say what is wrong. */
  void unclear(Reply reply) {
    unclear.put("status " + reply.status(), reply.body());
  }

  Queue<Purchase> purchases() {
    return purchases;
  }

  Map<String, String> unclear() {
    return unclear;
  }

  /** How often the server or a balancer answered instead of the application. */
  long foreign() {
    return foreign.sum();
  }

  /** The kinds of answers that there were. */
  Set<String> kinds() {
    return answers.keySet();
  }

  long count() {
    return answers.values().stream().mapToLong(LongAdder::sum).sum();
  }

  @Override
  public String toString() {
    return answers.toString();
  }
}
