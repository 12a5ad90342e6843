package io.quickscale.credit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Credits given at one time. A grant starts with all of its amount remaining; a run moves a part of
 * the remainder into held, and from there the part is charged (gone) or returned. What remains is
 * taken away when the grant expires or is voided. A grant pays while {@code now < expiresAt}: at
 * the very moment of its expiry it no longer does.
 */
@Entity
@Table(name = "credit_grant")
public class CreditGrant {
  @Id private long id;

  @Column(name = "account_id")
  private long accountId;

  @Enumerated(EnumType.STRING)
  private GrantKind kind;

  private int priority;

  @Column(name = "amount_micros")
  private long amountMicros;

  @Column(name = "remaining_micros")
  private long remainingMicros;

  @Column(name = "held_micros")
  private long heldMicros;

  @Column(name = "expires_at")
  private OffsetDateTime expiresAt;

  private String description;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  @Column(name = "voided_at")
  private OffsetDateTime voidedAt;

  @Column(name = "has_credits")
  private boolean hasCredits;

  private int version;

  protected CreditGrant() {}

  CreditGrant(LedgerCommand.Give give, OffsetDateTime now) {
    id = give.grantId();
    accountId = give.accountId();
    kind = give.kind();
    priority = give.priority();
    amountMicros = give.amount().micros();
    remainingMicros = amountMicros;
    expiresAt = give.expiresAt().orElse(null);
    description = give.description();
    createdAt = now;
    hasCredits = true;
  }

  /** Makes a grant of a row that has all columns of the table but the description. */
  static CreditGrant read(ResultSet row) throws SQLException {
    CreditGrant grant = new CreditGrant();
    grant.id = row.getLong("id");
    grant.accountId = row.getLong("account_id");
    grant.kind = GrantKind.valueOf(row.getString("kind"));
    grant.priority = row.getInt("priority");
    grant.amountMicros = row.getLong("amount_micros");
    grant.remainingMicros = row.getLong("remaining_micros");
    grant.heldMicros = row.getLong("held_micros");
    grant.expiresAt = row.getObject("expires_at", OffsetDateTime.class);
    grant.createdAt = row.getObject("created_at", OffsetDateTime.class);
    grant.voidedAt = row.getObject("voided_at", OffsetDateTime.class);
    grant.hasCredits = row.getBoolean("has_credits");
    grant.version = row.getInt("version");
    return grant;
  }

  public long id() {
    return id;
  }

  public long accountId() {
    return accountId;
  }

  public GrantKind kind() {
    return kind;
  }

  public int priority() {
    return priority;
  }

  public Credits amount() {
    return Credits.ofMicros(amountMicros);
  }

  /** Neither spent nor held nor taken away. */
  public Credits remaining() {
    return Credits.ofMicros(remainingMicros);
  }

  /** Set aside for runs that have not ended. */
  public Credits held() {
    return Credits.ofMicros(heldMicros);
  }

  public Optional<OffsetDateTime> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  public String description() {
    return description;
  }

  public OffsetDateTime createdAt() {
    return createdAt;
  }

  public boolean isVoided() {
    return voidedAt != null;
  }

  OffsetDateTime voidedAt() {
    return voidedAt;
  }

  boolean hasCredits() {
    return hasCredits;
  }

  /** How often the row was written; a writer that read another version has missed something. */
  int version() {
    return version;
  }

  public boolean isExpired(OffsetDateTime now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** What can be spent at this moment. */
  public Credits spendable(OffsetDateTime now) {
    return isExpired(now) || isVoided() ? Credits.ZERO : remaining();
  }

  void hold(Credits part) {
    remainingMicros -= part.micros();
    heldMicros += part.micros();
    balanceChanged();
  }

  void charge(Credits part) {
    heldMicros -= part.micros();
    balanceChanged();
  }

  void release(Credits part) {
    heldMicros -= part.micros();
    remainingMicros += part.micros();
    balanceChanged();
  }

  void giveBack(Credits part) {
    remainingMicros += part.micros();
    balanceChanged();
  }

  /** Takes away what remains and returns it. */
  Credits takeRemaining() {
    Credits taken = remaining();
    remainingMicros = 0;
    balanceChanged();
    return taken;
  }

  void markVoided(OffsetDateTime now) {
    voidedAt = now;
  }

  private void balanceChanged() {
    if (remainingMicros < 0 || heldMicros < 0 || remainingMicros + heldMicros > amountMicros) {
      throw new IllegalStateException(
          "Grant %d would have %d remaining and %d held of %d micro-credits"
              .formatted(id, remainingMicros, heldMicros, amountMicros));
    }
    hasCredits = remainingMicros > 0 || heldMicros > 0;
  }
}
