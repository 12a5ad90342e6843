package io.quickscale.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quickscale.platform.Metrics;
import io.quickscale.platform.Time;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys by prefix, so that a request costs no query. What was read counts for three seconds, and on
 * for as long as no node has changed a key or a user since. An entry remembers the changes that
 * this node knew of before it was read; after another one it is read again.
 */
@ApplicationScoped
class KeyCache {
  private static final Duration MAX_AGE = Duration.ofSeconds(3);
  private static final int MAX_KEYS = 50_000;

  @PersistenceContext EntityManager entities;
  @Inject Time time;
  @Inject Metrics metrics;

  private final Cache<String, Entry> entries = Caffeine.newBuilder().maximumSize(MAX_KEYS).build();

  /** How many changes this node knows of, made here or seen in the database. */
  private final AtomicLong changes = new AtomicLong();

  private volatile long seenRevision = -1;
  private volatile OffsetDateTime seenAt = OffsetDateTime.MIN;

  /** A key and the user it belongs to. */
  record KeyOwner(ApiKey key, User user) {}

  private record Entry(Optional<KeyOwner> owner, long changes, OffsetDateTime readAt) {}

  @PostConstruct
  void registerGauge() {
    metrics.gauge(
        "quickscale_key_cache_entries",
        "API keys, and prefixes that are none, that need no query now",
        entries::estimatedSize);
  }

  /** The key with this prefix; that there is none is remembered too, for seconds. */
  Optional<KeyOwner> find(String prefix) {
    Entry entry = entries.get(prefix, this::read);
    if (!counts(entry)) {
      entry = read(prefix);
      entries.put(prefix, entry);
    }
    return entry.owner();
  }

  /** Another key exists now; one of this prefix may have been looked for in vain. */
  void added(String prefix) {
    entries.invalidate(prefix);
  }

  /** Something was taken from a key or a user on this node. */
  void changed() {
    changes.incrementAndGet();
  }

  /** What the database says of changes on any node. */
  void seen(long revision) {
    if (revision != seenRevision) {
      changes.incrementAndGet();
      seenRevision = revision;
    }
    seenAt = time.now();
  }

  /** How many keys are remembered, those that were looked for in vain included. */
  long size() {
    return entries.estimatedSize();
  }

  /** The most that are remembered. */
  long capacity() {
    return MAX_KEYS;
  }

  /** What the database said of changes when it was looked at last. */
  long seenRevision() {
    return seenRevision;
  }

  /** Forgets everything: each key is read again at its next use. */
  void clear() {
    // Counted as a change, so that what is being read at this moment is read again too.
    changed();
    entries.invalidateAll();
  }

  private boolean counts(Entry entry) {
    OffsetDateTime oldest = time.now().minus(MAX_AGE);
    boolean isConfirmed = entry.owner().isPresent() && seenAt.isAfter(oldest);
    return entry.changes() == changes.get() && (isConfirmed || entry.readAt().isAfter(oldest));
  }

  private Entry read(String prefix) {
    metrics.count(
        "quickscale_key_cache_misses", "API keys that had to be read from the database", 1);
    long before = changes.get();
    OffsetDateTime now = time.now();
    Optional<KeyOwner> owner =
        entities
            .createQuery(
                "select k, u from ApiKey k, User u where u.id = k.userId and k.prefix = :prefix",
                Object[].class)
            .setParameter("prefix", prefix)
            .getResultStream()
            .findFirst()
            .map(row -> new KeyOwner((ApiKey) row[0], (User) row[1]));
    return new Entry(owner, before, now);
  }
}
