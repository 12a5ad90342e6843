package io.quickscale.job;

import java.util.Locale;

/** Where a job is. */
public enum JobStatus {
  /** Nothing of it has begun. */
  QUEUED,
  /** A node works on it, or is about to go on with it. */
  RUNNING,
  /** All of it succeeded. */
  SUCCEEDED,
  /** All of it has ended, and not all succeeded. */
  FAILED,
  /** Somebody wanted it no more; what had not begun was given back. */
  CANCELLED;

  /** The word in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing of it goes on. */
  public boolean isEnded() {
    return this != QUEUED && this != RUNNING;
  }

  /**
   * How a job ends that has nothing left to run.
   *
   * @param results of its items
   * @param failed how many of them failed
   */
  static JobStatus atEnd(boolean isCancelled, int total, int results, int failed) {
    // Cancelled too late is not cancelled.
    if (isCancelled && results < total) {
      return CANCELLED;
    }
    return failed == 0 ? SUCCEEDED : FAILED;
  }
}
