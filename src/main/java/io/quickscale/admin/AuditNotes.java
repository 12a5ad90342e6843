package io.quickscale.admin;

import io.quickscale.access.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Notes of what was done in transactions of its own. */
@ApplicationScoped
class AuditNotes {
  @Inject AuditLog log;

  /** See {@link AuditLog#record}. */
  @Transactional
  public void note(Actor actor, String action, String target, Object before, Object after) {
    log.record(actor, action, target, before, after);
  }
}
