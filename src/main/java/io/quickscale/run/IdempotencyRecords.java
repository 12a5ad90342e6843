package io.quickscale.run;

import static io.quickscale.db.SqlType.BIGINT;
import static io.quickscale.db.SqlType.INTEGER;
import static io.quickscale.db.SqlType.TIMESTAMP;
import static io.quickscale.db.SqlType.VARCHAR;

import io.quickscale.db.BulkStatement;
import io.quickscale.db.Database;
import io.quickscale.platform.Time;
import io.quickscale.problem.IdempotencyKeyReusedProblem;
import io.quickscale.problem.RequestInProgressProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The idempotency records in the database. See {@link Idempotency}. */
@ApplicationScoped
class IdempotencyRecords {
  /** The contract promises 24 hours at least. */
  private static final Duration KEPT = Duration.ofHours(48);

  private static final BulkStatement<Claim> CLAIM =
      BulkStatement.<Claim>into("idempotency_record")
          .set(BIGINT, "user_id", claim -> claim.key().userId())
          .set(VARCHAR, "idem_key", claim -> claim.key().value())
          .set(VARCHAR, "fingerprint", claim -> claim.key().fingerprint())
          .set(BIGINT, "usage_id", Claim::usageId)
          .set(TIMESTAMP, "created_at", Claim::at)
          .insert();

  private static final BulkStatement<Answered> ANSWER =
      BulkStatement.<Answered>into("idempotency_record")
          .where(BIGINT, "user_id", answered -> answered.key().userId())
          .where(VARCHAR, "idem_key", answered -> answered.key().value())
          .set(INTEGER, "status", answered -> answered.answer().status())
          .set(VARCHAR, "content_type", answered -> answered.answer().contentType())
          .set(VARCHAR, "body", answered -> answered.answer().body())
          .update();

  @PersistenceContext EntityManager entities;
  @Inject Database database;
  @Inject Time time;

  private record Claim(IdempotencyKey key, Long usageId, OffsetDateTime at) {}

  /** A request and the answer to it. */
  record Answered(IdempotencyKey key, Answer answer) {}

  /**
   * What an earlier request with the same key came to.
   *
   * @param answer empty while there is none
   */
  record Earlier(long userId, String value, String fingerprint, Optional<Answer> answer) {
    boolean hasKey(IdempotencyKey key) {
      return userId == key.userId() && value.equals(key.value());
    }

    /**
     * @throws RequestInProgressProblem the earlier request has not been answered yet
     * @throws IdempotencyKeyReusedProblem it was another request
     */
    Answer answerTo(IdempotencyKey key) {
      if (!fingerprint.equals(key.fingerprint())) {
        throw new IdempotencyKeyReusedProblem();
      }
      return answer.orElseThrow(RequestInProgressProblem::new);
    }
  }

  /** What is known of these keys, in the caller's transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  public List<Earlier> earlier(List<IdempotencyKey> keys) {
    return keys.isEmpty()
        ? List.of()
        : database.read(
            "select r.user_id, r.idem_key, r.fingerprint, r.status, r.content_type, r.body"
                + " from unnest(cast(? as bigint array), cast(? as varchar array))"
                + " as u (user_id, idem_key) join idempotency_record r"
                + " on r.user_id = u.user_id and r.idem_key = u.idem_key",
            row ->
                new Earlier(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(5) == null
                        ? Optional.empty()
                        : Optional.of(
                            new Answer(row.getInt(4), row.getString(5), row.getString(6), true))),
            keys.stream().map(IdempotencyKey::userId).toList(),
            keys.stream().map(IdempotencyKey::value).toList());
  }

  /**
   * The earlier answer to this request.
   *
   * @throws RequestInProgressProblem the earlier request has not been answered yet
   * @throws IdempotencyKeyReusedProblem the key belongs to another request
   */
  @Transactional
  public Optional<Answer> replay(IdempotencyKey key) {
    return earlier(List.of(key)).stream().findFirst().map(earlier -> earlier.answerTo(key));
  }

  /** Claims the keys of runs in the caller's transaction, which fails here if one is taken. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void claim(List<Run> runs) {
    OffsetDateTime now = time.now();
    database.write(
        CLAIM,
        runs.stream().map(run -> new Claim(run.key().orElseThrow(), run.usageId(), now)).toList());
  }

  /** Keeps answers in the caller's transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void answer(List<Answered> answers) {
    database.write(ANSWER, answers);
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
    database.write(CLAIM, List.of(new Claim(key, null, time.now())));
    Answer answer = action.get();
    answer(List.of(new Answered(key, answer)));
    return answer;
  }
}
