package io.quickscale.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quickscale.metrics.Metric;
import io.quickscale.metrics.Metrics;
import io.quickscale.platform.Time;
import io.quickscale.service.ServiceUnavailableException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys by prefix, so that a request costs no query. What was read counts for three seconds, and on
 * for as long as no node has changed a key or a user since. An entry remembers the changes that
 * this node knew of before it was read; after another one it is read again.
 *
 * <p>Anybody can send prefixes that are none: those have a cache of their own, so that they push no
 * key out, and a narrow way to the database, so that they keep nobody from it whose key is known.
 * Requests with one prefix share one query.
 */
@ApplicationScoped
class KeyCache {
  private static final Duration MAX_AGE = Duration.ofSeconds(3);
  private static final int MAX_KEYS = 50_000;
  private static final int MAX_STRANGERS = 10_000;

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Of the 32 connections that a node has; a look-up takes less than a millisecond. */
  private static final int KEYS_AT_A_TIME = 8;

  private static final int STRANGERS_AT_A_TIME = 4;

  /** Half of the threads that answer requests. */
  private static final int STRANGERS_WAITING = 100;

  @Inject KeyLookup lookup;
  @Inject Time time;
  @Inject Metrics metrics;

  private final Cache<String, Entry> keys = Caffeine.newBuilder().maximumSize(MAX_KEYS).build();
  private final Cache<String, Entry> strangers =
      Caffeine.newBuilder().maximumSize(MAX_STRANGERS).build();

  private final LookupGate keyGate = new LookupGate(KEYS_AT_A_TIME, Integer.MAX_VALUE, PATIENCE);
  private final LookupGate strangerGate =
      new LookupGate(STRANGERS_AT_A_TIME, STRANGERS_WAITING, PATIENCE);
  private final ConcurrentMap<Query, CompletableFuture<Entry>> underWay = new ConcurrentHashMap<>();

  /** How many changes this node knows of, made here or seen in the database. */
  private final AtomicLong changes = new AtomicLong();

  /** How many keys were made on this node. */
  private final AtomicLong additions = new AtomicLong();

  private volatile long seenRevision = -1;
  private volatile OffsetDateTime seenAt = OffsetDateTime.MIN;

  /**
   * A look at the database for a prefix, by somebody who knows of so many changes and additions.
   */
  private record Query(String prefix, long changes, long additions) {}

  private record Entry(Optional<KeyOwner> owner, Query query, OffsetDateTime readAt) {}

  @PostConstruct
  void registerGauge() {
    metrics.register(Metric.KEY_CACHE_ENTRIES, this::size);
  }

  /**
   * The key with this prefix; that there is none is remembered too, for seconds.
   *
   * @throws ServiceUnavailableException too many are looked for now
   */
  Optional<KeyOwner> find(String prefix) {
    Entry key = keys.getIfPresent(prefix);
    Entry entry = key == null ? strangers.getIfPresent(prefix) : key;
    return entry != null && counts(entry)
        ? entry.owner()
        : readTogether(prefix, key == null ? strangerGate : keyGate).owner();
  }

  /** Another key exists now; one of this prefix may have been looked for in vain. */
  void added(String prefix) {
    additions.incrementAndGet();
    strangers.invalidate(prefix);
  }

  /** Something was taken from a key or a user on this node. */
  void changed() {
    changes.incrementAndGet();
  }

  /**
   * What the database says of changes on any node.
   *
   * @param askedAt when it was asked: it may have taken its time to answer
   */
  void seen(long revision, OffsetDateTime askedAt) {
    if (revision != seenRevision) {
      changes.incrementAndGet();
      seenRevision = revision;
    }
    seenAt = askedAt;
  }

  /** How many keys are remembered, those that were looked for in vain included. */
  long size() {
    return keys.estimatedSize() + strangers.estimatedSize();
  }

  /** The most that are remembered. */
  long capacity() {
    return MAX_KEYS + MAX_STRANGERS;
  }

  /** What the database said of changes when it was looked at last. */
  long seenRevision() {
    return seenRevision;
  }

  /** Forgets everything: each key is read again at its next use. */
  void clear() {
    // Counted as a change, so that what is being read at this moment is read again too.
    changed();
    keys.invalidateAll();
    strangers.invalidateAll();
  }

  private boolean counts(Entry entry) {
    OffsetDateTime oldest = time.now().minus(MAX_AGE);
    boolean isKey = entry.owner().isPresent();
    boolean isConfirmed = isKey && seenAt.isAfter(oldest);
    return entry.query().changes() == changes.get()
        && (isKey || entry.query().additions() == additions.get())
        && (isConfirmed || entry.readAt().isAfter(oldest));
  }

  /** Reads, or waits for another request that reads the same and knows of no less. */
  private Entry readTogether(String prefix, LookupGate gate) {
    Query query = new Query(prefix, changes.get(), additions.get());
    CompletableFuture<Entry> own = new CompletableFuture<>();
    CompletableFuture<Entry> others = underWay.putIfAbsent(query, own);
    if (others != null) {
      Entry entry = await(others);
      // The other's query may have begun long ago.
      return counts(entry) ? entry : gate.through(() -> read(query));
    }
    try {
      own.complete(gate.through(() -> read(query)));
    } catch (RuntimeException e) {
      own.completeExceptionally(e);
      throw e;
    } finally {
      underWay.remove(query);
    }
    return own.join();
  }

  private static Entry await(CompletableFuture<Entry> others) {
    try {
      return others.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LookupGate.busy();
    } catch (TimeoutException e) {
      throw LookupGate.busy();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private Entry read(Query query) {
    metrics.increment(Metric.KEY_CACHE_MISSES);
    OffsetDateTime now = time.now();
    Entry entry = new Entry(lookup.byPrefix(query.prefix()), query, now);
    if (entry.owner().isPresent()) {
      keys.put(query.prefix(), entry);
      strangers.invalidate(query.prefix());
    } else {
      strangers.put(query.prefix(), entry);
      keys.invalidate(query.prefix());
    }
    return entry;
  }
}
