package io.quickscale.run;

import static io.quickscale.db.SqlType.BIGINT;
import static io.quickscale.db.SqlType.INTEGER;
import static io.quickscale.db.SqlType.TIMESTAMP;
import static io.quickscale.db.SqlType.VARCHAR;

import io.quickscale.db.BulkStatement;
import io.quickscale.db.Database;
import io.quickscale.db.Writes;
import io.quickscale.platform.Ids;
import io.quickscale.platform.LiveValue;
import io.quickscale.platform.Time;
import io.quickscale.problem.AnswerNotKeptProblem;
import io.quickscale.problem.IdempotencyKeyReusedProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.RequestInProgressProblem;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/** The idempotency records in the database. See {@link Idempotency}. */
@ApplicationScoped
class IdempotencyRecords {
  /** The contract promises 24 hours at least. */
  private static final Duration KEPT = Duration.ofHours(48);

  private static final int FORGOTTEN_AT_A_TIME = 1000;

  private static final Duration LONGEST_ANSWERING = Duration.ofMinutes(1);

  private static final int DEFAULT_MAX_ANSWER_BYTES = 1_048_576;

  private static final BulkStatement<Claim> CLAIM =
      BulkStatement.<Claim>into("idempotency_record")
          .set(BIGINT, "user_id", claim -> claim.key().userId())
          .set(VARCHAR, "idem_key", claim -> claim.key().value())
          .set(VARCHAR, "fingerprint", claim -> claim.key().fingerprint())
          .set(BIGINT, "order_id", Claim::orderId)
          .set(TIMESTAMP, "created_at", Claim::at)
          .insert();

  private static final BulkStatement.Columns<Answered> ANSWERED =
      BulkStatement.<Answered>into("idempotency_record")
          .where(BIGINT, "user_id", answered -> answered.key().userId())
          .where(VARCHAR, "idem_key", answered -> answered.key().value())
          .set(INTEGER, "status", answered -> answered.answer().status())
          .set(VARCHAR, "content_type", answered -> answered.answer().contentType())
          .set(VARCHAR, "body", answered -> answered.answer().body());

  private static final BulkStatement<Answered> ANSWER = ANSWERED.update();

  /** Of orders: a key may have been freed and claimed by another one meanwhile. */
  private static final BulkStatement<Answered> ANSWER_ORDERS =
      ANSWERED.where(BIGINT, "order_id", Answered::orderId).update();

  @PersistenceContext EntityManager entities;
  @Inject Database database;
  @Inject Time time;
  @Inject Config config;

  private LiveValue<Integer> maxAnswerBytes;

  @PostConstruct
  void configure() {
    maxAnswerBytes =
        new LiveValue<>(
            config,
            "quickscale.idempotency.max-answer-bytes",
            Integer.class,
            bytes -> bytes > 0,
            "a whole number of bytes, 1 or more");
  }

  private record Claim(IdempotencyKey key, Long orderId, OffsetDateTime at) {}

  /**
   * A request and the answer to it.
   *
   * @param orderId the order that has claimed the key; null if it was no order
   * @param size how many times as large as usual it may be
   */
  record Answered(IdempotencyKey key, Long orderId, Answer answer, int size) {
    Answered(IdempotencyKey key, Long orderId, Answer answer) {
      this(key, orderId, answer, 1);
    }

    /** This, or if it is larger nothing but its status. */
    private Answered within(int usualBytes) {
      long mostBytes = (long) usualBytes * size;
      // No character has more than three bytes in UTF-8.
      boolean isSmall =
          answer.body().length() <= mostBytes / 3
              || answer.body().getBytes(StandardCharsets.UTF_8).length <= mostBytes;
      return isSmall
          ? this
          : new Answered(key, orderId, new Answer(answer.status(), null, null, false), size);
    }
  }

  /**
   * What an earlier request with the same key came to.
   *
   * @param orderId the usage id of its first run, if it was an order
   * @param status what was answered; empty while nothing was
   * @param answer empty while there is none, and for one that was too large to be kept
   */
  record Earlier(
      long userId,
      String value,
      String fingerprint,
      Optional<Long> orderId,
      Optional<Integer> status,
      Optional<Answer> answer) {
    private static Earlier read(ResultSet row) throws SQLException {
      Optional<Integer> status = Optional.ofNullable(row.getObject(5, Integer.class));
      Optional<String> contentType = Optional.ofNullable(row.getString(6));
      String body = row.getString(7);
      return new Earlier(
          row.getLong(1),
          row.getString(2),
          row.getString(3),
          Optional.ofNullable(row.getObject(4, Long.class)),
          status,
          contentType.map(type -> new Answer(status.orElseThrow(), type, body, true)));
    }

    boolean hasKey(IdempotencyKey key) {
      return userId == key.userId() && value.equals(key.value());
    }

    /**
     * @throws RequestInProgressProblem the earlier request has not been answered yet
     * @throws AnswerNotKeptProblem its answer was too large to be kept
     * @throws IdempotencyKeyReusedProblem it was another request
     */
    Answer answerTo(IdempotencyKey key) {
      if (!fingerprint.equals(key.fingerprint())) {
        throw new IdempotencyKeyReusedProblem();
      }
      return answer.orElseThrow(
          () -> status.map(this::notKept).orElseGet(RequestInProgressProblem::new));
    }

    private Problem notKept(int answered) {
      return new AnswerNotKeptProblem(answered, orderId.map(Ids::format).orElse(null));
    }
  }

  /**
   * What was forgotten in one transaction.
   *
   * @param upTo of what was made until then, nothing is left that can be forgotten
   * @param isLast whether there was no more
   */
  record Forgotten(int count, OffsetDateTime upTo, boolean isLast) {
    static final Forgotten NOTHING_YET =
        new Forgotten(0, OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), false);
  }

  /** What is known of these keys, in the caller's transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  public List<Earlier> earlier(List<IdempotencyKey> keys) {
    return keys.isEmpty()
        ? List.of()
        : database.read(
            "select r.user_id, r.idem_key, r.fingerprint, r.order_id, r.status, r.content_type,"
                + " r.body from unnest(cast(? as bigint array), cast(? as varchar array))"
                + " as u (user_id, idem_key) join idempotency_record r"
                + " on r.user_id = u.user_id and r.idem_key = u.idem_key",
            Earlier::read,
            keys.stream().map(IdempotencyKey::userId).toList(),
            keys.stream().map(IdempotencyKey::value).toList());
  }

  /**
   * The earlier answer to this request.
   *
   * @throws RequestInProgressProblem the earlier request has not been answered yet
   * @throws AnswerNotKeptProblem its answer was too large to be kept
   * @throws IdempotencyKeyReusedProblem the key belongs to another request
   */
  @Transactional
  public Optional<Answer> replay(IdempotencyKey key) {
    return earlier(List.of(key)).stream().findFirst().map(earlier -> earlier.answerTo(key));
  }

  /**
   * Whether the order of this key can have no answer any more: nothing of it goes on, and it ended
   * longer ago than it takes to write an answer. Its node died between its runs.
   */
  @Transactional
  public boolean isInterrupted(IdempotencyKey key) {
    OffsetDateTime now = time.now();
    return database
        .read(
            "select order_id, created_at from idempotency_record where user_id = ? and idem_key = ?"
                + " and order_id is not null and status is null and created_at < ?",
            row -> new Claim(key, row.getLong(1), row.getObject(2, OffsetDateTime.class)),
            key.userId(),
            key.value(),
            now.minus(LONGEST_ANSWERING))
        .stream()
        .anyMatch(claim -> hasEnded(claim, now.minus(LONGEST_ANSWERING)));
  }

  private boolean hasEnded(Claim claim, OffsetDateTime before) {
    return database
        .read(
            "select id from run_open where order_id = ? union all select id from service_usage"
                + " where id >= ? and id < ? and order_id = ? and finished_at > ?",
            row -> row.getLong(1),
            claim.orderId(),
            claim.orderId(),
            Ids.from(claim.at().plus(LONGEST_ANSWERING)),
            claim.orderId(),
            before)
        .isEmpty();
  }

  /** Claims the orders' keys; writing fails if one is taken. */
  void claim(List<Order> orders, Writes writes) {
    OffsetDateTime now = time.now();
    writes.add(
        CLAIM,
        orders.stream()
            .flatMap(order -> order.key().map(key -> new Claim(key, order.id(), now)).stream())
            .toList());
  }

  /**
   * Keeps the answers of orders; of one that is too large only that it was given, so that one run
   * cannot make its whole group wait for the disk.
   */
  void answer(List<Answered> answers, Writes writes) {
    writes.add(ANSWER_ORDERS, small(answers));
  }

  private List<Answered> small(List<Answered> answers) {
    int most = maxAnswerBytes.orElse(DEFAULT_MAX_ANSWER_BYTES);
    return answers.stream().map(answered -> answered.within(most)).toList();
  }

  /**
   * Frees the key of an order that never got an answer, in the caller's transaction, so that it can
   * be tried again.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void free(long orderId) {
    entities
        .createQuery(
            "delete from IdempotencyRecord r where r.orderId = :order and r.status is null")
        .setParameter("order", orderId)
        .executeUpdate();
  }

  /**
   * Forgets answers that are older than is promised: the oldest, about a thousand. In a transaction
   * of its own, so that nobody waits for it.
   *
   * @param before what was forgotten before
   */
  @Transactional
  public Forgotten forgetOld(Forgotten before) {
    OffsetDateTime end = time.now().minus(KEPT);
    Optional<OffsetDateTime> last =
        database
            .read(
                "select created_at from idempotency_record where created_at > ? and created_at < ?"
                    + " order by created_at offset ? rows fetch first 1 rows only",
                row -> row.getObject(1, OffsetDateTime.class),
                before.upTo(),
                end,
                FORGOTTEN_AT_A_TIME - 1)
            .stream()
            .findFirst();
    // Many may be of the moment of the last one: they go together, or some would never go.
    int count =
        database.update(
            "delete from idempotency_record"
                + " where created_at > ? and created_at <= ? and created_at < ?"
                + " and status is not null",
            before.upTo(),
            last.orElse(end),
            end);
    return new Forgotten(count, last.orElse(end), last.isEmpty());
  }

  /** Claims the key, does something and keeps the answer, all in one transaction. */
  @Transactional
  public Answer record(IdempotencyKey key, Supplier<Answer> action) {
    database.write(CLAIM, List.of(new Claim(key, null, time.now())));
    Answer answer = action.get();
    database.write(ANSWER, small(List.of(new Answered(key, null, answer))));
    return answer;
  }
}
