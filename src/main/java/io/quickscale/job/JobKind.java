package io.quickscale.job;

import java.util.Locale;

/** What a job consists of. */
public enum JobKind {
  /** One run of a service. */
  RUN,
  /** Many runs of a service. */
  BATCH;

  /** The word in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
