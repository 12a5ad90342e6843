package io.quickscale.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Remembers answers by idempotency key. The record is written in the same transaction as what the
 * request moves, and the key is unique in the database: of any number of equal requests, on any
 * number of nodes, one moves something.
 */
@ApplicationScoped
public class Idempotency {
  @Inject IdempotencyRecords records;

  /**
   * Does something in one transaction, once for each key, and keeps the answer. Without a key it is
   * just done.
   */
  public Answer once(Optional<IdempotencyKey> key, Supplier<Answer> action) {
    if (key.isEmpty()) {
      return action.get();
    }
    Optional<Answer> earlier = earlier(key.get());
    if (earlier.isPresent()) {
      return earlier.get();
    }
    AtomicReference<Answer> first = new AtomicReference<>();
    return begin(key, () -> first.set(records.record(key.get(), action))).orElseGet(first::get);
  }

  /** See {@link IdempotencyRecords#replay}. */
  Optional<Answer> earlier(IdempotencyKey key) {
    return records.replay(key);
  }

  /**
   * Begins a request that has no answer yet, by a transaction that claims its key. If the
   * transaction fails because an equal request was faster, answers as that one.
   *
   * @param claiming a transaction of its own
   * @return the answer of the faster one, or empty if this request is the first
   */
  Optional<Answer> begin(Optional<IdempotencyKey> key, Runnable claiming) {
    try {
      claiming.run();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(key.flatMap(records::replay).orElseThrow(() -> e));
    }
  }
}
