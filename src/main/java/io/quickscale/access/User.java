package io.quickscale.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;

/** Somebody who calls. An inactive user keeps everything and is let in nowhere. */
@Entity
@Table(name = "app_user")
public class User {
  @Id private long id;

  @Column(name = "account_id")
  private long accountId;

  private String email;

  @Enumerated(EnumType.STRING)
  private Role role;

  private boolean active;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  @Version private int version;

  protected User() {}

  User(long id, long accountId, String email, Role role, OffsetDateTime createdAt) {
    this.id = id;
    this.accountId = accountId;
    this.email = email;
    this.role = role;
    this.active = true;
    this.createdAt = createdAt;
  }

  public long id() {
    return id;
  }

  public long accountId() {
    return accountId;
  }

  public String email() {
    return email;
  }

  public Role role() {
    return role;
  }

  public boolean isActive() {
    return active;
  }

  public OffsetDateTime createdAt() {
    return createdAt;
  }

  void activate(boolean on) {
    active = on;
  }

  void become(Role newRole) {
    role = newRole;
  }
}
