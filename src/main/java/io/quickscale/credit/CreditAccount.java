package io.quickscale.credit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/**
 * Where a user's credits are. The row itself never changes: locking it is a way to do something for
 * the account one after the other.
 */
@Entity
@Table(name = "credit_account")
class CreditAccount {
  @Id private long id;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  protected CreditAccount() {}

  CreditAccount(long id, OffsetDateTime createdAt) {
    this.id = id;
    this.createdAt = createdAt;
  }

  long id() {
    return id;
  }
}
