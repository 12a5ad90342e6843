package io.quickscale.run;

import static io.quickscale.db.SqlType.BIGINT;
import static io.quickscale.db.SqlType.INTEGER;
import static io.quickscale.db.SqlType.TIMESTAMP;
import static io.quickscale.db.SqlType.VARCHAR;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantShare;
import io.quickscale.db.BulkStatement;
import io.quickscale.db.Database;
import io.quickscale.db.Writes;
import io.quickscale.platform.Ids;
import io.quickscale.registry.UnitCharge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The usage records of runs that have ended, as the journal writes them: many at a time, once, in
 * the caller's transaction. Everything else reads them through JPA.
 */
@ApplicationScoped
class UsageTable {
  private static final String ORDERED_BY =
      "parent_usage_id is not null and parent_usage_id = any(cast(? as bigint array))";

  private static final BulkStatement<EndedRun> INSERT =
      BulkStatement.<EndedRun>into("service_usage")
          .set(BIGINT, "id", ended -> ended.run().usageId())
          .set(BIGINT, "order_id", ended -> ended.run().orderId())
          .set(BIGINT, "account_id", ended -> ended.run().accountId())
          .set(BIGINT, "user_id", ended -> ended.run().userId())
          .set(BIGINT, "api_key_id", ended -> ended.run().apiKeyId())
          .set(VARCHAR, "service", ended -> ended.run().service())
          .set(VARCHAR, "status", ended -> ended.status().name())
          .set(BIGINT, "price_micros", ended -> ended.run().price().micros())
          .set(INTEGER, "price_version", ended -> ended.run().priceVersion())
          .set(BIGINT, "cost_micros", ended -> ended.cost().micros())
          .set(BIGINT, "refunded_micros", ended -> 0L)
          .set(VARCHAR, "paid_from", ended -> GrantShare.format(ended.paidFrom()))
          .set(INTEGER, "attempts", EndedRun::attempts)
          .set(VARCHAR, "error_code", EndedRun::errorCode)
          .set(VARCHAR, "correlation_id", ended -> ended.run().correlationId())
          .set(TIMESTAMP, "started_at", ended -> ended.run().startedAt())
          .set(INTEGER, "started_day", UsageTable::startedDay)
          .set(TIMESTAMP, "finished_at", EndedRun::at)
          .set(BIGINT, "duration_ms", EndedRun::durationMillis)
          .set(BIGINT, "parent_usage_id", ended -> ended.run().parentId())
          .set(BIGINT, "job_id", ended -> ended.run().jobId())
          .set(VARCHAR, "units", ended -> UnitCharge.format(ended.units()))
          .insert();

  /** All ids of an order are made within this time, clocks that are put right included. */
  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  @Inject Database database;

  /** What a record says of a run's end. */
  record Ending(long usageId, Usage.Status status, List<GrantShare> paidFrom, Duration duration) {
    static Ending of(EndedRun ended) {
      long millis = ended.durationMillis() == null ? 0 : ended.durationMillis();
      return new Ending(
          ended.run().usageId(), ended.status(), ended.paidFrom(), Duration.ofMillis(millis));
    }
  }

  /** Records of runs that end. */
  static void insert(List<EndedRun> runs, Writes writes) {
    writes.add(INSERT, runs);
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

  /** One run that has ended, seen as those within it are. */
  Optional<InnerRun> itself(long usageId) {
    return select("id = any(cast(? as bigint array))", List.of(usageId)).stream().findFirst();
  }

  /** The runs that these ones have ordered and that have ended. */
  List<InnerRun> orderedBy(Collection<Long> usageIds) {
    return select(ORDERED_BY, usageIds);
  }

  private List<InnerRun> select(String condition, Collection<Long> usageIds) {
    return database.read(
        "select id, parent_usage_id, service, status, cost_micros, refunded_micros, paid_from"
            + " from service_usage where "
            + condition,
        row ->
            new InnerRun(
                row.getLong(1),
                row.getObject(2, Long.class),
                row.getString(3),
                Usage.Status.valueOf(row.getString(4)),
                Credits.ofMicros(row.getLong(5)),
                Credits.ofMicros(row.getLong(6)),
                GrantShare.parse(row.getString(7))),
        usageIds);
  }

  /** How these runs have ended, those of them that have. */
  Map<Long, Ending> endings(Collection<Long> usageIds) {
    return usageIds.isEmpty()
        ? Map.of()
        : database
            .read(
                "select id, status, paid_from, duration_ms from service_usage"
                    + " where id = any(cast(? as bigint array))",
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

  /** Whether a run of this one's order has cost something. */
  boolean hasCost(OpenRun run) {
    // The runs of an order get their ids when it starts: with both ends the account's index finds
    // them, where without the second one all that the account has run since would be read.
    return !database
        .read(
            "select id from service_usage where account_id = ? and id >= ? and id < ?"
                + " and order_id = ? and cost_micros > refunded_micros fetch first 1 rows only",
            row -> row.getLong(1),
            run.accountId(),
            run.orderId(),
            Ids.from(run.startedAt().plus(LONGEST_START)),
            run.orderId())
        .isEmpty();
  }

  private static int startedDay(EndedRun ended) {
    return (int) ended.run().startedAt().toLocalDate().toEpochDay();
  }
}
