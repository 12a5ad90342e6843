package io.quickscale.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;

/** A price that a service has or had. It stays, so that what a run was held at can be explained. */
@Entity
@Table(name = "service_price")
@IdClass(ServicePrice.Key.class)
class ServicePrice {
  @Id private String service;
  @Id private int version;

  @Column(name = "credit_cost_micros")
  private long creditCostMicros;

  @Column(name = "unit_prices")
  private String unitPrices;

  private OffsetDateTime since;

  /** The versions of a service count from 1. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1;

    private String service;
    private int version;

    protected Key() {}

    Key(String service, int version) {
      this.service = service;
      this.version = version;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.version == version && key.service.equals(service);
    }

    @Override
    public int hashCode() {
      return Objects.hash(service, version);
    }
  }

  protected ServicePrice() {}

  Price price() {
    return UnitRates.price(creditCostMicros, unitPrices);
  }

  ServicePrice(String service, int version, Price price, OffsetDateTime since) {
    this.service = service;
    this.version = version;
    this.creditCostMicros = price.perRun().micros();
    this.unitPrices = UnitRates.format(price.rates());
    this.since = since;
  }
}
