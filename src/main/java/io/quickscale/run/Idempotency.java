package io.quickscale.run;

import io.quickscale.platform.Time;
import io.quickscale.problem.IdempotencyKeyReusedProblem;
import io.quickscale.problem.RequestInProgressProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
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
  /** The contract promises 24 hours at least. */
  private static final Duration KEPT = Duration.ofHours(48);

  @Inject Idempotency self;
  @PersistenceContext EntityManager entities;
  @Inject Time time;

  /**
   * The earlier answer to this request.
   *
   * @throws RequestInProgressProblem the earlier request has not been answered yet
   * @throws IdempotencyKeyReusedProblem the key belongs to another request
   */
  @Transactional
  public Optional<Answer> replay(IdempotencyKey key) {
    IdempotencyRecord earlier = find(key);
    if (earlier == null) {
      return Optional.empty();
    } else if (!earlier.isSameRequest(key)) {
      throw new IdempotencyKeyReusedProblem();
    }
    return Optional.of(earlier.replay().orElseThrow(RequestInProgressProblem::new));
  }

  /**
   * Does something in one transaction, once for each key, and keeps the answer. Without a key it is
   * just done.
   */
  public Answer once(Optional<IdempotencyKey> key, Supplier<Answer> action) {
    if (key.isEmpty()) {
      return action.get();
    }
    AtomicReference<Answer> first = new AtomicReference<>();
    return begin(key, () -> first.set(self.record(key.get(), action))).orElseGet(first::get);
  }

  /**
   * Begins a request: runs a transaction that claims the key, unless there is an answer already. If
   * the transaction fails because an equal request was faster, answers as that one.
   *
   * @param claiming a transaction of its own
   * @return the earlier answer, or empty if this request is the first
   */
  Optional<Answer> begin(Optional<IdempotencyKey> key, Runnable claiming) {
    Optional<Answer> earlier = key.flatMap(self::replay);
    if (earlier.isPresent()) {
      return earlier;
    }
    try {
      claiming.run();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(key.flatMap(self::replay).orElseThrow(() -> e));
    }
  }

  /** Claims the key in the caller's transaction, which fails here if another one has it. */
  @Transactional(Transactional.TxType.MANDATORY)
  void claim(IdempotencyKey key, Long usageId) {
    entities.persist(new IdempotencyRecord(key, usageId, time.now()));
    entities.flush();
  }

  /** Keeps the answer in the caller's transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  void answer(IdempotencyKey key, Answer answer) {
    IdempotencyRecord claimed = find(key);
    if (claimed != null) {
      claimed.answer(answer);
    }
  }

  /**
   * Frees the keys of a run that never got an answer, in the caller's transaction, so that it can
   * be tried again.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  void free(long usageId) {
    entities
        .createQuery(
            "delete from IdempotencyRecord r where r.usageId = :usage and r.status is null")
        .setParameter("usage", usageId)
        .executeUpdate();
  }

  /** Forgets answers that are older than is promised. */
  @Transactional
  int forgetOld() {
    return entities
        .createQuery(
            "delete from IdempotencyRecord r where r.createdAt < :then and r.status is not null")
        .setParameter("then", time.now().minus(KEPT))
        .executeUpdate();
  }

  @Transactional
  protected Answer record(IdempotencyKey key, Supplier<Answer> action) {
    claim(key, null);
    Answer answer = action.get();
    answer(key, answer);
    return answer;
  }

  private IdempotencyRecord find(IdempotencyKey key) {
    return entities.find(IdempotencyRecord.class, new IdempotencyRecord.Key(key));
  }
}
