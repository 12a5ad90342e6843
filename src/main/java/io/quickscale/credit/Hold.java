package io.quickscale.credit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Credits set aside for a run; its id is the run's usage id. OPEN until the run ends: then SETTLED
 * (a part is charged, the rest returned) or RELEASED (all of it returned). Only an open hold can
 * end, so that a late settle and the sweeper cannot both win. A settled hold can become REFUNDED,
 * once.
 */
@Entity
@Table(name = "credit_hold")
class Hold {
  enum State {
    OPEN,
    SETTLED,
    RELEASED,
    REFUNDED
  }

  @Id private long id;

  @Column(name = "account_id")
  private long accountId;

  @Enumerated(EnumType.STRING)
  private State state;

  @Column(name = "held_micros")
  private long heldMicros;

  @Column(name = "charged_micros")
  private long chargedMicros;

  private String shares;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  @Column(name = "closed_at")
  private OffsetDateTime closedAt;

  // Every writer holds the account's lock; should one ever not, its commit fails here.
  @Version private int version;

  protected Hold() {}

  Hold(long id, long accountId, List<GrantShare> shares, OffsetDateTime now) {
    this.id = id;
    this.accountId = accountId;
    this.state = State.OPEN;
    this.heldMicros = GrantShare.total(shares).micros();
    this.shares = GrantShare.format(shares);
    this.createdAt = now;
  }

  long id() {
    return id;
  }

  long accountId() {
    return accountId;
  }

  State state() {
    return state;
  }

  Credits held() {
    return Credits.ofMicros(heldMicros);
  }

  Credits charged() {
    return Credits.ofMicros(chargedMicros);
  }

  /** While open, what each grant has set aside; after it is settled, what each grant paid. */
  List<GrantShare> shares() {
    return GrantShare.parse(shares);
  }

  void settle(List<GrantShare> paid, OffsetDateTime now) {
    chargedMicros = GrantShare.total(paid).micros();
    shares = GrantShare.format(paid);
    close(State.SETTLED, now);
  }

  void release(OffsetDateTime now) {
    shares = "";
    close(State.RELEASED, now);
  }

  void refund(OffsetDateTime now) {
    close(State.REFUNDED, now);
  }

  private void close(State end, OffsetDateTime now) {
    state = end;
    closedAt = now;
  }
}
