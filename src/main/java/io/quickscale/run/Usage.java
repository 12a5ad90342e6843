package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import io.quickscale.registry.UnitCharge;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The record of one run, as it is read. RUNNING from the transaction that holds the credits on, as
 * {@link OpenRuns} keeps it; ends once, as SUCCEEDED or FAILED in the transaction that settles
 * them, as CANCELLED when it was given back before it began, or as ABANDONED by the sweeper when it
 * has not ended by its deadline. From then on it is permanent, as {@link UsageTable} has written
 * it.
 */
@Entity
@Table(name = "service_usage")
public class Usage {
  /** Where a run is. */
  public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    ABANDONED;

    /** The word in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Id private long id;

  @Column(name = "account_id")
  private long accountId;

  @Column(name = "order_id")
  private Long orderId;

  @Column(name = "user_id")
  private long userId;

  @Column(name = "api_key_id")
  private Long apiKeyId;

  private String service;

  @Enumerated(EnumType.STRING)
  private Status status;

  @Column(name = "price_micros")
  private long priceMicros;

  @Column(name = "price_version")
  private Integer priceVersion;

  @Column(name = "cost_micros")
  private long costMicros;

  @Column(name = "refunded_micros")
  private long refundedMicros;

  @Column(name = "paid_from")
  private String paidFrom;

  private int attempts;

  @Column(name = "error_code")
  private String errorCode;

  @Column(name = "correlation_id")
  private String correlationId;

  @Column(name = "started_at")
  private OffsetDateTime startedAt;

  @Column(name = "started_day")
  private int startedDay;

  @Column(name = "finished_at")
  private OffsetDateTime finishedAt;

  @Column(name = "duration_ms")
  private Long durationMillis;

  @Column(name = "parent_usage_id")
  private Long parentUsageId;

  @Column(name = "job_id")
  private Long jobId;

  private String units;

  protected Usage() {}

  /** Of a run that goes on. */
  static Usage of(OpenRun run) {
    Usage usage = new Usage();
    usage.id = run.usageId();
    usage.orderId = run.orderId();
    usage.accountId = run.accountId();
    usage.userId = run.userId();
    usage.apiKeyId = run.apiKeyId();
    usage.service = run.service();
    usage.status = Status.RUNNING;
    usage.priceMicros = run.price().micros();
    usage.priceVersion = run.priceVersion();
    usage.correlationId = run.correlationId();
    usage.startedAt = run.startedAt();
    usage.parentUsageId = run.parentId();
    usage.jobId = run.jobId();
    return usage;
  }

  public long id() {
    return id;
  }

  public long accountId() {
    return accountId;
  }

  public long userId() {
    return userId;
  }

  /** The usage id of the first run of the order; an order of one has the id of its run. */
  public long orderId() {
    return orderId == null ? id : orderId;
  }

  /** The key that asked, if it is known and the run was not ordered in Java. */
  public Optional<Long> apiKeyId() {
    return Optional.ofNullable(apiKeyId);
  }

  public String service() {
    return service;
  }

  public Status status() {
    return status;
  }

  /** The most the run could cost, which was held for it. */
  public Credits price() {
    return Credits.ofMicros(priceMicros);
  }

  /** Which of its service's prices the run was held at; empty for a run of an older version. */
  public Optional<Integer> priceVersion() {
    return Optional.ofNullable(priceVersion);
  }

  /** What the run was charged; what was refunded since is not taken off. */
  public Credits cost() {
    return Credits.ofMicros(costMicros);
  }

  public Credits refunded() {
    return Credits.ofMicros(refundedMicros);
  }

  /** The grants that paid. */
  public List<GrantShare> paidFrom() {
    return GrantShare.parse(paidFrom);
  }

  /** How often the service was tried; 0 if Fault Tolerance did not let it run at all. */
  public int attempts() {
    return attempts;
  }

  /** The problem's code, if the run failed. */
  public Optional<String> errorCode() {
    return Optional.ofNullable(errorCode);
  }

  /** What was metered, if that was charged, with the rates of its time. */
  public List<UnitCharge> units() {
    return UnitCharge.parse(units);
  }

  /** The run that ordered this one, if a service did. */
  public Optional<Long> parentUsageId() {
    return Optional.ofNullable(parentUsageId);
  }

  /** The job that the run was a part of, if it was one's. */
  public Optional<Long> jobId() {
    return Optional.ofNullable(jobId);
  }

  public String correlationId() {
    return correlationId;
  }

  public OffsetDateTime startedAt() {
    return startedAt;
  }

  public Optional<OffsetDateTime> finishedAt() {
    return Optional.ofNullable(finishedAt);
  }

  public Optional<Long> durationMillis() {
    return Optional.ofNullable(durationMillis);
  }
}
