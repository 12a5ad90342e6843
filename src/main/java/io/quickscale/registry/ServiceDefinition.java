package io.quickscale.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;

/**
 * What operators decide about a service. Made from the class at its first deployment; from then on
 * the operator's: a redeployment changes nothing here, and a class that is gone leaves its
 * definition behind.
 */
@Entity
@Table(name = "service_definition")
class ServiceDefinition {
  @Id private String name;
  private String description;
  private String category;

  @Column(name = "credit_cost_micros")
  private long creditCostMicros;

  @Column(name = "unit_prices")
  private String unitPrices;

  private boolean active;

  @Enumerated(EnumType.STRING)
  @Column(name = "failure_policy")
  private FailurePolicy failurePolicy;

  @Column(name = "max_input_bytes")
  private Integer maxInputBytes;

  @Column(name = "max_concurrent_runs")
  private Integer maxConcurrentRuns;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  @Column(name = "updated_at")
  private OffsetDateTime updatedAt;

  @Column(name = "price_version")
  private int priceVersion;

  @Version private int version;

  protected ServiceDefinition() {}

  ServiceDefinition(String name, ServiceSettings settings, int priceVersion, OffsetDateTime now) {
    this.name = name;
    this.createdAt = now;
    change(settings, priceVersion, now);
  }

  String name() {
    return name;
  }

  OffsetDateTime updatedAt() {
    return updatedAt;
  }

  ServiceSettings settings() {
    return new ServiceSettings(
        description,
        category,
        UnitRates.price(creditCostMicros, unitPrices),
        active,
        failurePolicy,
        maxInputBytes,
        maxConcurrentRuns);
  }

  /** See {@link ServicePrice}. */
  int priceVersion() {
    return priceVersion;
  }

  void change(ServiceSettings settings, int version, OffsetDateTime now) {
    priceVersion = version;
    description = settings.description();
    category = settings.category();
    creditCostMicros = settings.price().perRun().micros();
    unitPrices = UnitRates.format(settings.price().rates());
    active = settings.active();
    failurePolicy = settings.failurePolicy();
    maxInputBytes = settings.maxInputBytes();
    maxConcurrentRuns = settings.maxConcurrentRuns();
    updatedAt = now;
  }
}
