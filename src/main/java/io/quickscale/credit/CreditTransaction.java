package io.quickscale.credit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Optional;

/** One row of the ledger: moves one grant, is never changed. */
@Entity
@Table(name = "credit_transaction")
public class CreditTransaction {
  @Id private long id;

  @Column(name = "account_id", updatable = false)
  private long accountId;

  @Column(name = "grant_id", updatable = false)
  private long grantId;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private TransactionKind kind;

  @Column(name = "amount_micros", updatable = false)
  private long amountMicros;

  @Column(name = "usage_id", updatable = false)
  private Long usageId;

  @Column(updatable = false)
  private String description;

  @Column(name = "created_at", updatable = false)
  private OffsetDateTime createdAt;

  protected CreditTransaction() {}

  CreditTransaction(
      long id,
      CreditGrant grant,
      TransactionKind kind,
      long amountMicros,
      Long usageId,
      String description,
      OffsetDateTime createdAt) {
    this.id = id;
    this.accountId = grant.accountId();
    this.grantId = grant.id();
    this.kind = kind;
    this.amountMicros = amountMicros;
    this.usageId = usageId;
    this.description = description;
    this.createdAt = createdAt;
  }

  public long id() {
    return id;
  }

  long accountId() {
    return accountId;
  }

  public long grantId() {
    return grantId;
  }

  public TransactionKind kind() {
    return kind;
  }

  /** Micro-credits: positive into the grant, negative out of it. */
  public long amountMicros() {
    return amountMicros;
  }

  /** In credits: positive into the grant, negative out of it. */
  public BigDecimal amount() {
    BigDecimal size = Credits.ofMicros(Math.abs(amountMicros)).toDecimal();
    return amountMicros < 0 ? size.negate() : size;
  }

  public Optional<Long> usageId() {
    return Optional.ofNullable(usageId);
  }

  public String description() {
    return description;
  }

  public OffsetDateTime createdAt() {
    return createdAt;
  }
}
