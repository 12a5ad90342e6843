package io.quickscale.run;

import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.OrderInterruptedProblem;
import io.quickscale.problem.RequestInProgressProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import java.util.Optional;
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
    try {
      return records.record(key.get(), action);
    } catch (RuntimeException e) {
      // An equal request may have been faster.
      return records.replay(key.get()).orElseThrow(() -> e);
    }
  }

  private Optional<Answer> replay(IdempotencyKey key) {
    try {
      return records.replay(key);
    } catch (RequestInProgressProblem unanswered) {
      if (records.isInterrupted(key)) {
        throw new OrderInterruptedProblem();
      }
      throw unanswered;
    }
  }

  /** See {@link IdempotencyRecords#replay}. */
  Optional<Answer> earlier(IdempotencyKey key) {
    try {
      return replay(key);
    } catch (Exception failure) {
      if (failure instanceof RuntimeException known && !(known instanceof TransactionalException)) {
        throw known;
      }
      // The database was lost between the look and its end. Payara has an exception for that which
      // it
      // would answer with 500 by itself, WildFly throws checked ones that no method declares.
      throw HttpProblem.of(503);
    }
  }
}
