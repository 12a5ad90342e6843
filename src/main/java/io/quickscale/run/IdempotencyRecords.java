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
import java.util.function.Supplier;

/** The idempotency records in the database. See {@link Idempotency}. */
@ApplicationScoped
class IdempotencyRecords {
  /** The contract promises 24 hours at least. */
  private static final Duration KEPT = Duration.ofHours(48);

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

  /** Claims the key in the caller's transaction, which fails here if another one has it. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void claim(IdempotencyKey key, Long usageId) {
    entities.persist(new IdempotencyRecord(key, usageId, time.now()));
  }

  /** Keeps the answer in the caller's transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void answer(IdempotencyKey key, Answer answer) {
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
  public void free(long usageId) {
    entities
        .createQuery(
            "delete from IdempotencyRecord r where r.usageId = :usage and r.status is null")
        .setParameter("usage", usageId)
        .executeUpdate();
  }

  /** Forgets answers that are older than is promised. */
  @Transactional
  public int forgetOld() {
    return entities
        .createQuery(
            "delete from IdempotencyRecord r where r.createdAt < :then and r.status is not null")
        .setParameter("then", time.now().minus(KEPT))
        .executeUpdate();
  }

  /** Claims the key, does something and keeps the answer, all in one transaction. */
  @Transactional
  public Answer record(IdempotencyKey key, Supplier<Answer> action) {
    claim(key, null);
    entities.flush();
    Answer answer = action.get();
    answer(key, answer);
    return answer;
  }

  private IdempotencyRecord find(IdempotencyKey key) {
    return entities.find(IdempotencyRecord.class, new IdempotencyRecord.Key(key));
  }
}
