package io.quickscale.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A key of a user, without its secret: only the secret's hash is kept. */
@Entity
@Table(name = "api_key")
public class ApiKey {
  @Id private long id;

  @Column(name = "user_id")
  private long userId;

  private String prefix;

  @Column(name = "secret_hash")
  private String secretHash;

  private String name;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  @Column(name = "expires_at")
  private OffsetDateTime expiresAt;

  @Column(name = "revoked_at")
  private OffsetDateTime revokedAt;

  protected ApiKey() {}

  ApiKey(
      long id,
      long userId,
      SecretKey key,
      String name,
      OffsetDateTime expiresAt,
      OffsetDateTime createdAt) {
    this.id = id;
    this.userId = userId;
    this.prefix = key.prefix();
    this.secretHash = key.hash();
    this.name = name;
    this.expiresAt = expiresAt;
    this.createdAt = createdAt;
  }

  public long id() {
    return id;
  }

  public long userId() {
    return userId;
  }

  /** The public part, by which people recognise the key. */
  public String prefix() {
    return prefix;
  }

  String secretHash() {
    return secretHash;
  }

  public String name() {
    return name;
  }

  public OffsetDateTime createdAt() {
    return createdAt;
  }

  public Optional<OffsetDateTime> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  /**
   * From when on the key no longer counts; in the future while a rotated key has its grace period.
   */
  public Optional<OffsetDateTime> revokedAt() {
    return Optional.ofNullable(revokedAt);
  }

  boolean countsAt(OffsetDateTime now) {
    return (expiresAt == null || now.isBefore(expiresAt))
        && (revokedAt == null || now.isBefore(revokedAt));
  }

  void revoke(OffsetDateTime when) {
    if (revokedAt == null || when.isBefore(revokedAt)) {
      revokedAt = when;
    }
  }
}
