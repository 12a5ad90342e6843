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

  private int version;

  protected Hold() {}

  Hold(long id, long accountId, List<GrantShare> shares, OffsetDateTime now) {
    this.id = id;
    this.accountId = accountId;
    this.state = State.OPEN;
    this.heldMicros = GrantShare.total(shares).micros();
    this.shares = GrantShare.format(shares);
    this.createdAt = now;
  }

  /** Makes a hold of a row that has the columns that decide how it may end. */
  static Hold read(ResultSet row) throws SQLException {
    Hold hold = new Hold();
    hold.id = row.getLong("id");
    hold.accountId = row.getLong("account_id");
    hold.state = State.valueOf(row.getString("state"));
    hold.heldMicros = row.getLong("held_micros");
    hold.chargedMicros = row.getLong("charged_micros");
    hold.shares = row.getString("shares");
    hold.version = row.getInt("version");
    return hold;
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

  String sharesAsText() {
    return shares;
  }

  OffsetDateTime createdAt() {
    return createdAt;
  }

  OffsetDateTime closedAt() {
    return closedAt;
  }

  /** How often the row was written: a hold is only closed if it is still as it was read. */
  int version() {
    return version;
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
