package io.quickscale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;

/** Looks for keys in the database. */
@ApplicationScoped
class KeyLookup {
  @PersistenceContext EntityManager entities;

  /** The key with this prefix, whether it counts or not; empty if there is none. */
  Optional<KeyOwner> byPrefix(String prefix) {
    return entities
        .createQuery(
            "select k, u from ApiKey k, User u where u.id = k.userId and k.prefix = :prefix",
            Object[].class)
        .setParameter("prefix", prefix)
        .getResultStream()
        .findFirst()
        .map(row -> new KeyOwner((ApiKey) row[0], (User) row[1]));
  }
}
