package io.quickscale.pipeline;

import java.util.Locale;

/** What became of a step. */
public enum StepStatus {
  SUCCEEDED,
  FAILED,
  /** Its {@code when} said no, or it hangs on a step that was skipped; given back. */
  SKIPPED,
  /** Another step had failed before it began; given back. */
  NOT_REACHED,
  /** It was taken back while it ran. */
  CANCELLED;

  /** The word in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean letsOthersGoOn() {
    return this == SUCCEEDED || this == SKIPPED;
  }
}
