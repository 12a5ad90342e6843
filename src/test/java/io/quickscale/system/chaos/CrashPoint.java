package io.quickscale.system.chaos;

/** The steps of a run at which the server can be made to die, in their order. */
public enum CrashPoint {
  BEFORE_HOLD_COMMIT,
  AFTER_HOLD_COMMIT,
  EXECUTION,
  /** Of a run of {@link NestingService}. */
  INNER_RUN_PAID,
  BEFORE_SETTLE_COMMIT,
  AFTER_SETTLE_COMMIT
}
