package io.quickscale.run;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;

/** A request that carried an idempotency key, and its answer once there is one. */
@Entity
@Table(name = "idempotency_record")
class IdempotencyRecord {
  @EmbeddedId private Key key;
  private String fingerprint;

  @Column(name = "order_id")
  private Long orderId;

  private Integer status;

  @Column(name = "content_type")
  private String contentType;

  private String body;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  protected IdempotencyRecord() {}

  /** A user and the text that the user chose. */
  @Embeddable
  static class Key implements Serializable {
    private static final long serialVersionUID = 1;

    @Column(name = "user_id")
    private long userId;

    @Column(name = "idem_key")
    private String value;

    protected Key() {}

    Key(IdempotencyKey key) {
      userId = key.userId();
      value = key.value();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.userId == userId && key.value.equals(value);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }
  }
}
