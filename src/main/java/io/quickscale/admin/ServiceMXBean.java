package io.quickscale.admin;

import io.quickscale.platform.Description;
import java.math.BigDecimal;

/** A service as a management console shows it. */
@Description(
    "A service: its definition, which counts on all nodes, and what this node has run of it")
public interface ServiceMXBean {
  @Description("What it does")
  String getDescription();

  @Description("Its category")
  String getCategory();

  @Description("Whether its operators let it run")
  boolean isActive();

  @Description("Why it cannot be run now; empty if it can")
  String getUnavailableReason();

  @Description("What a run costs, in credits, without what it meters")
  BigDecimal getPrice();

  @Description("The most a run can cost, in credits: what is held before it starts")
  BigDecimal getMaximumPrice();

  @Description("Whether a run that failed is paid: no_charge or charge_on_failure")
  String getFailurePolicy();

  @Description("Largest input, in bytes of JSON; none if only the server's own limit counts")
  Integer getMaxInputBytes();

  @Description("How many runs of it a user can have at a time; none for no limit")
  Integer getMaxConcurrentRuns();

  @Description("Runs that have ended on this node since its start")
  long getRuns();

  @Description("Runs that have ended on this node since its start without success")
  long getFailures();

  @Description("Runs that this node has refused before they started, since its start")
  long getRefusals();

  @Description("Credits that runs on this node were charged since its start")
  BigDecimal getCreditsCharged();

  @Description("Lets it be run again; in the audit log")
  void activate();

  @Description("Keeps it from being run: callers get 503 service_inactive; in the audit log")
  void deactivate();

  @Description("Sets what a run costs; runs that have started keep their price; in the audit log")
  void changePrice(
      @Description("Credits, with up to six decimals; 0 is free") BigDecimal creditCost);

  @Description("Sets or lifts the limits; in the audit log")
  void changeLimits(
      @Description("Largest input, in bytes of JSON; null for the server's own limit alone")
          Integer maxInputBytes,
      @Description("How many runs of it a user can have at a time; null for no limit")
          Integer maxConcurrentRuns);
}
