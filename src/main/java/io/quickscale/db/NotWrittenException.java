package io.quickscale.db;

import java.time.Duration;

/** A command was not written, and will not be; the same one may be written later. */
public final class NotWrittenException extends RuntimeException {
  private final Duration retryAfter;

  NotWrittenException(String message, Duration retryAfter) {
    // No stack trace: under load there are many of them, all from one place.
    super(message, null, false, false);
    this.retryAfter = retryAfter;
  }

  /** When writing it has a chance, by what is known now. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
