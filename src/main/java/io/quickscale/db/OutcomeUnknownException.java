package io.quickscale.db;

import java.time.Duration;

/** A command is being written for longer than anybody waits; it may yet be durable, or not. */
public final class OutcomeUnknownException extends RuntimeException {
  private final Duration retryAfter;

  OutcomeUnknownException(Duration retryAfter) {
    super("The transaction takes longer than anybody waits for it", null, false, false);
    this.retryAfter = retryAfter;
  }

  /** When asking again has a chance, by what is known now. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
