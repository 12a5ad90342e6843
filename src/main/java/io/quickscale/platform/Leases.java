package io.quickscale.platform;

import io.quickscale.db.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * Work that one node does at a time, agreed on in the database. A lease ends by itself, so that a
 * node that dies keeps nobody from the work for long; who works longer extends it. Holds no lock
 * and no connection meanwhile.
 */
@ApplicationScoped
public class Leases {
  @Inject Database database;
  @Inject Time time;

  /** The right to do some work until it ends. */
  public record Lease(String name, String holder, Duration length) {}

  /**
   * Takes a lease, if nobody has it.
   *
   * @param name of a row in {@code work_lease}
   * @param length when it ends by itself
   */
  @Transactional
  public Optional<Lease> take(String name, Duration length) {
    OffsetDateTime now = time.now();
    Lease lease = new Lease(name, UUID.randomUUID().toString(), length);
    int taken =
        database.update(
            "update work_lease set holder = ?, taken_at = ?, ends_at = ?"
                + " where name = ? and ends_at <= ?",
            lease.holder(),
            now,
            now.plus(length),
            name,
            now);
    return taken == 0 ? Optional.empty() : Optional.of(lease);
  }

  /** Lets the lease end its whole length from now on; false if it has ended and is another's. */
  @Transactional
  public boolean extend(Lease lease) {
    return end(lease, time.now().plus(lease.length()));
  }

  /** Gives the lease back; nothing happens if it is another's by now. */
  @Transactional
  public void release(Lease lease) {
    end(lease, time.now());
  }

  /** When the lease was taken the last time. */
  @Transactional
  public OffsetDateTime takenAt(String name) {
    return database
        .read(
            "select taken_at from work_lease where name = ?",
            row -> row.getObject(1, OffsetDateTime.class),
            name)
        .get(0);
  }

  private boolean end(Lease lease, OffsetDateTime when) {
    return database.update(
            "update work_lease set ends_at = ? where name = ? and holder = ?",
            when,
            lease.name(),
            lease.holder())
        > 0;
  }
}
