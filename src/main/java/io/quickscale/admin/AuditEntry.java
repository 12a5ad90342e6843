package io.quickscale.admin;

import io.quickscale.access.Actor;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;

/** One change: who did what to what, and how it was before and after (JSON). */
@Entity
@Table(name = "audit_entry")
public class AuditEntry {
  @Id private long id;

  @Column(name = "actor_id")
  private Long actorId;

  private String actor;
  private String action;
  private String target;

  @Column(name = "before_value")
  private String before;

  @Column(name = "after_value")
  private String after;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  protected AuditEntry() {}

  AuditEntry(
      long id,
      Actor actor,
      String action,
      String target,
      String before,
      String after,
      OffsetDateTime createdAt) {
    this.id = id;
    this.actorId = actor.userId().orElse(null);
    this.actor = actor.label();
    this.action = action;
    this.target = target;
    this.before = before;
    this.after = after;
    this.createdAt = createdAt;
  }

  public long id() {
    return id;
  }

  public Optional<Long> actorId() {
    return Optional.ofNullable(actorId);
  }

  public String actor() {
    return actor;
  }

  public String action() {
    return action;
  }

  public String target() {
    return target;
  }

  public Optional<String> before() {
    return Optional.ofNullable(before);
  }

  public Optional<String> after() {
    return Optional.ofNullable(after);
  }

  public OffsetDateTime createdAt() {
    return createdAt;
  }
}
