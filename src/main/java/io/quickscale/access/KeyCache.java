package io.quickscale.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Keys by prefix, so that a request costs no query. Cleared by changes on this node; a change on
 * another node counts when the entry has expired.
 */
@ApplicationScoped
class KeyCache {
  private static final Duration MAX_AGE = Duration.ofSeconds(3);
  private static final int MAX_KEYS = 10_000;

  @PersistenceContext EntityManager entities;

  private final Cache<String, Optional<KeyOwner>> owners =
      Caffeine.newBuilder().expireAfterWrite(MAX_AGE).maximumSize(MAX_KEYS).build();

  /** A key and the user it belongs to. */
  record KeyOwner(ApiKey key, User user) {}

  /** The key with this prefix; that there is none is remembered too. */
  Optional<KeyOwner> find(String prefix) {
    return owners.get(prefix, this::load);
  }

  private Optional<KeyOwner> load(String prefix) {
    return entities
        .createQuery("select k from ApiKey k where k.prefix = :prefix", ApiKey.class)
        .setParameter("prefix", prefix)
        .getResultStream()
        .findFirst()
        .map(key -> new KeyOwner(key, entities.find(User.class, key.userId())));
  }

  void clear() {
    owners.invalidateAll();
  }
}
