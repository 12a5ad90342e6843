package io.quickscale.db;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keys whose rows somebody else holds locked. Nobody waits for them again: their commands are
 * refused for a while; then one is tried by itself, and if the lock is still there, the while is
 * twice as long.
 */
final class Quarantine {
  private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_NANOS = Duration.ofSeconds(8).toNanos();

  /** A key that nobody has asked for again is forgotten, or keys would add up. */
  private static final long MEMORY_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private final Map<Long, Term> terms = new HashMap<>();

  private record Term(long length, long end) {}

  /**
   * @param nanos a clock
   */
  Quarantine(LongSupplier nanos) {
    this.nanos = nanos;
  }

  enum Verdict {
    /** Nothing is known against the key. */
    FREE,
    /** Its time has passed: it may be tried, by itself. */
    SUSPECT,
    /** It is locked; not even trying makes sense. */
    LOCKED
  }

  synchronized Verdict of(long key) {
    Term term = terms.get(key);
    if (term == null) {
      return Verdict.FREE;
    }
    return nanos.getAsLong() - term.end >= 0 ? Verdict.SUSPECT : Verdict.LOCKED;
  }

  /** What the commands of a locked key are refused with. */
  synchronized NotWrittenException refusal(long key) {
    Term term = terms.get(key);
    long rest = term == null ? 0 : Math.max(0, term.end - nanos.getAsLong());
    return new NotWrittenException("Somebody else has locked its rows", Duration.ofNanos(rest));
  }

  /** The key was found locked. */
  synchronized void add(long key) {
    long now = nanos.getAsLong();
    terms.values().removeIf(term -> now - term.end > MEMORY_NANOS);
    Term before = terms.get(key);
    long length = before == null ? FIRST_NANOS : Math.min(2 * before.length, LONGEST_NANOS);
    terms.put(key, new Term(length, now + length));
  }

  /** The key could be written. */
  synchronized void release(long key) {
    terms.remove(key);
  }

  synchronized int size() {
    return terms.size();
  }

  synchronized boolean isEmpty() {
    return terms.isEmpty();
  }
}
