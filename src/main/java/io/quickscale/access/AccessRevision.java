package io.quickscale.access;

import io.quickscale.db.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * A number in the database that grows with every change that takes something from a key or a user.
 * While it stays the same, what was read before is still true.
 */
@ApplicationScoped
class AccessRevision {
  @Inject Database database;

  @Transactional
  public long current() {
    return database.read("select revision from access_revision", row -> row.getLong(1)).get(0);
  }

  /** Counts a change in the caller's transaction; the last thing to do in it, since others wait. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void advance() {
    database.update("update access_revision set revision = revision + 1");
  }
}
