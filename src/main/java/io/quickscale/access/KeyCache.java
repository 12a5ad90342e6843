package io.quickscale.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keys by prefix, so that a request costs no query. Cleared by changes on this node; a change on
 * another node counts when the entry has expired.
 */
@ApplicationScoped
class KeyCache {
  private static final Duration MAX_AGE = Duration.ofSeconds(3);
  private static final int MAX_KEYS = 10_000;

  private final Cache<String, Optional<KeyOwner>> owners =
      Caffeine.newBuilder().expireAfterWrite(MAX_AGE).maximumSize(MAX_KEYS).build();

  /** A key and the user it belongs to. */
  record KeyOwner(ApiKey key, User user) {}

  Optional<KeyOwner> get(String prefix, Function<String, Optional<KeyOwner>> loader) {
    return owners.get(prefix, loader);
  }

  void clear() {
    owners.invalidateAll();
  }
}
