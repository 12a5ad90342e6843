package io.quickscale.run;

/** What became of an order of many that was not refused. */
public sealed interface OrderStart {
  /** Its credits are held, and its runs can be executed. */
  record Opened(OpenOrder order) implements OrderStart {}

  /** An earlier order with the same idempotency key has been answered. */
  record AnsweredEarlier(Answer answer) implements OrderStart {}
}
