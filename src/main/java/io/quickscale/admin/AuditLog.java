package io.quickscale.admin;

import io.quickscale.access.Actor;
import io.quickscale.json.JsonCodec;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Time;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * Who changed what. An entry is written in the transaction of the change, so that neither is there
 * without the other.
 */
@ApplicationScoped
public class AuditLog {
  @PersistenceContext EntityManager entities;
  @Inject JsonCodec codec;
  @Inject Ids ids;
  @Inject Time time;

  /**
   * Notes a change.
   *
   * @param action a verb and a noun, {@code create_user}
   * @param target what was changed, {@code user/0K...}
   * @param before how it was, as a record; null if it was not there
   * @param after how it is; null if it is gone
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void record(Actor actor, String action, String target, Object before, Object after) {
    entities.persist(
        new AuditEntry(ids.next(), actor, action, target, json(before), json(after), time.now()));
  }

  /** See {@link #record}; a change that has changed nothing is not noted. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void recordChange(Actor actor, String action, String target, Record before, Record after) {
    if (!after.equals(before)) {
      record(actor, action, target, before, after);
    }
  }

  /** Entries, newest first, older than one of them. */
  @Transactional
  public List<AuditEntry> list(Optional<Long> before, int limit) {
    return entities
        .createQuery(
            "select e from AuditEntry e where e.id < :before order by e.id desc", AuditEntry.class)
        .setParameter("before", before.orElse(Long.MAX_VALUE))
        .setMaxResults(limit)
        .getResultList();
  }

  private String json(Object value) {
    return value == null ? null : codec.write(value);
  }
}
