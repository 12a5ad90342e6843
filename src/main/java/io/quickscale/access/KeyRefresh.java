package io.quickscale.access;

import io.quickscale.platform.Time;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sees what other nodes have taken from keys and users. */
@Singleton
public class KeyRefresh {
  private static final Logger LOG = Logger.getLogger(KeyRefresh.class.getName());

  @Inject KeyCache cache;
  @Inject AccessRevision revision;
  @Inject Time time;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void refresh() {
    try {
      OffsetDateTime askedAt = time.now();
      cache.seen(revision.current(), askedAt);
    } catch (RuntimeException e) {
      // A timer that throws is ended by the container, for ever.
      LOG.log(
          Level.WARNING, "Changes of keys cannot be looked for now; each use asks the database", e);
    }
  }
}
