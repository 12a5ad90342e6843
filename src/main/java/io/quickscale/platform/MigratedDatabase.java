package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The database once it has this version's schema, and nothing before. */
@ApplicationScoped
public class MigratedDatabase {
  private volatile Optional<Facts> facts = Optional.empty();

  /**
   * What stays as it is.
   *
   * @param product the database's name for itself, {@code H2} or {@code PostgreSQL}
   * @param version of its schema
   */
  record Facts(String product, String version) {}

  /** It has its schema. */
  void is(Facts migrated) {
    facts = Optional.of(migrated);
  }

  /** Empty until it has its schema. */
  Optional<Facts> facts() {
    return facts;
  }
}
