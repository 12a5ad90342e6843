package io.quickscale.run;

import static io.quickscale.db.SqlType.BIGINT;
import static io.quickscale.db.SqlType.INTEGER;
import static io.quickscale.db.SqlType.TIMESTAMP;
import static io.quickscale.db.SqlType.VARCHAR;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import io.quickscale.db.BulkStatement;
import io.quickscale.db.Database;
import io.quickscale.problem.Problem;
import io.quickscale.registry.UnitCharge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The usage records as the journal writes them: many at a time, and those that are going on, which
 * only a partial index finds fast: it needs its condition word for word in the statement, where JPA
 * would send a parameter. Everything else reads them through JPA.
 */
@ApplicationScoped
class UsageTable {
  private static final String ORDERED_BY =
      "parent_usage_id is not null and parent_usage_id = any(cast(? as bigint array))";

  private static final BulkStatement<Run> INSERT =
      BulkStatement.<Run>into("service_usage")
          .set(BIGINT, "id", Run::usageId)
          .set(BIGINT, "account_id", run -> run.user().accountId())
          .set(BIGINT, "user_id", run -> run.user().id())
          .set(VARCHAR, "service", run -> run.service().name())
          .set(VARCHAR, "status", run -> Usage.Status.RUNNING.name())
          .set(BIGINT, "price_micros", run -> run.price().micros())
          .set(BIGINT, "cost_micros", run -> 0L)
          .set(BIGINT, "refunded_micros", run -> 0L)
          .set(INTEGER, "attempts", run -> 0)
          .set(VARCHAR, "correlation_id", Run::correlationId)
          .set(TIMESTAMP, "started_at", Run::startedAt)
          .set(INTEGER, "started_day", run -> (int) run.startedAt().toLocalDate().toEpochDay())
          .set(TIMESTAMP, "deadline", Run::deadline)
          .set(BIGINT, "parent_usage_id", Run::parentId)
          .insert();

  private static final BulkStatement<Settlement> END =
      BulkStatement.<Settlement>into("service_usage")
          .where(BIGINT, "id", settlement -> settlement.run().usageId())
          .set(VARCHAR, "status", settlement -> settlement.end().status().name())
          .set(BIGINT, "cost_micros", settlement -> settlement.cost().micros())
          .set(VARCHAR, "paid_from", settlement -> GrantShare.format(settlement.paidFrom()))
          .set(INTEGER, "attempts", settlement -> settlement.end().attempts())
          .set(
              VARCHAR,
              "error_code",
              settlement -> settlement.end().problem().map(Problem::code).orElse(null))
          .set(TIMESTAMP, "finished_at", Settlement::at)
          .set(BIGINT, "duration_ms", settlement -> settlement.duration().toMillis())
          .set(VARCHAR, "units", settlement -> UnitCharge.format(settlement.end().units()))
          .update();

  @Inject Database database;

  /** A run whose deadline has passed. */
  record Overdue(
      OffsetDateTime deadline, long usageId, long accountId, String service, boolean isFree) {
    /** Before all. */
    static final Overdue NONE =
        new Overdue(OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), 0, 0, "", true);
  }

  /** What a record says of a run's end, if it has ended. */
  record Ending(long usageId, Usage.Status status, List<GrantShare> paidFrom, Duration duration) {}

  /** Records of runs that start. */
  void insert(List<Run> runs) {
    database.write(INSERT, runs);
  }

  /**
   * Ends records that are still RUNNING; nobody else may be able to end them now: their holds were
   * closed in this transaction, or {@link #lock} has locked them.
   */
  void end(List<Settlement> settlements) {
    if (database.write(END, settlements) != settlements.size()) {
      throw new IllegalStateException("A run has no usage record: " + settlements);
    }
  }

  /** Marks records as given up; returns how many had not ended meanwhile. */
  int abandon(Collection<Long> usageIds, OffsetDateTime now) {
    return usageIds.isEmpty()
        ? 0
        : database.update(
            "update service_usage set status = 'ABANDONED', error_code = 'abandoned',"
                + " finished_at = ? where id = any(cast(? as bigint array)) and status = 'RUNNING'",
            now,
            usageIds);
  }

  /** Marks all that these runs cost as given back. */
  void refund(Collection<Long> usageIds) {
    if (!usageIds.isEmpty()) {
      database.update(
          "update service_usage set refunded_micros = cost_micros"
              + " where id = any(cast(? as bigint array))",
          usageIds);
    }
  }

  /** The runs that a run has ordered, and those that they have ordered, in their order. */
  List<InnerRun> within(long usageId) {
    List<InnerRun> all = new ArrayList<>();
    List<InnerRun> found = select(ORDERED_BY, List.of(usageId));
    while (!found.isEmpty()) {
      all.addAll(found);
      found = select(ORDERED_BY, found.stream().map(InnerRun::usageId).toList());
    }
    all.sort(Comparator.comparing(InnerRun::usageId));
    return all;
  }

  /** One run, seen as those within it are. */
  Optional<InnerRun> itself(long usageId) {
    return select("id = any(cast(? as bigint array))", List.of(usageId)).stream().findFirst();
  }

  private List<InnerRun> select(String condition, Collection<Long> usageIds) {
    return database.read(
        "select id, parent_usage_id, service, status, price_micros, cost_micros, refunded_micros"
            + " from service_usage where "
            + condition,
        row ->
            new InnerRun(
                row.getLong(1),
                row.getObject(2, Long.class),
                row.getString(3),
                Usage.Status.valueOf(row.getString(4)),
                row.getLong(5) == 0,
                Credits.ofMicros(row.getLong(6)),
                Credits.ofMicros(row.getLong(7))),
        usageIds);
  }

  /** Which of these runs have not ended. */
  Set<Long> running(Collection<Long> usageIds) {
    return usageIds.isEmpty()
        ? Set.of()
        : Set.copyOf(
            database.read(
                "select id from service_usage where status = 'RUNNING'"
                    + " and id = any(cast(? as bigint array))",
                row -> row.getLong(1),
                usageIds));
  }

  /** Runs that have not ended by their deadline, in its order, behind one of them. */
  List<Overdue> overdue(OffsetDateTime now, Overdue after, int limit) {
    return database.read(
        "select deadline, id, account_id, service, price_micros from service_usage"
            + " where status = 'RUNNING' and deadline <= ? and (deadline, id) > (?, ?)"
            + " order by deadline, id fetch first ? rows only",
        row ->
            new Overdue(
                row.getObject(1, OffsetDateTime.class),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getLong(5) == 0),
        now,
        after.deadline(),
        after.usageId(),
        limit);
  }

  /** How many runs have not ended by their deadline. */
  long overdueCount(OffsetDateTime now) {
    return database
        .read(
            "select count(*) from service_usage where status = 'RUNNING' and deadline <= ?",
            row -> row.getLong(1),
            now)
        .get(0);
  }

  /** How many runs of a service an account has going. */
  long running(long accountId, String service) {
    return database
        .read(
            "select count(*) from service_usage"
                + " where status = 'RUNNING' and account_id = ? and service = ?",
            row -> row.getLong(1),
            accountId,
            service)
        .get(0);
  }

  /** Makes others that want to end these runs wait, and says how they have ended so far. */
  Map<Long, Ending> lock(Collection<Long> usageIds) {
    return usageIds.isEmpty()
        ? Map.of()
        : database
            .read(
                "select id, status, paid_from, duration_ms from service_usage"
                    + " where id = any(cast(? as bigint array)) order by id for update",
                row ->
                    new Ending(
                        row.getLong("id"),
                        Usage.Status.valueOf(row.getString("status")),
                        GrantShare.parse(row.getString("paid_from")),
                        Duration.ofMillis(row.getLong("duration_ms"))),
                usageIds)
            .stream()
            .collect(Collectors.toMap(Ending::usageId, Function.identity()));
  }
}
