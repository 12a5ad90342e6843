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
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The runs that are going on, a small row each. Whoever deletes the row ends the run, so that of a
 * settlement and the sweeper one wins. Works in the caller's transaction.
 */
@ApplicationScoped
class OpenRuns {
  private static final BulkStatement<OpenRun> INSERT =
      BulkStatement.<OpenRun>into("run_open")
          .set(BIGINT, "id", OpenRun::usageId)
          .set(BIGINT, "order_id", OpenRun::orderId)
          .set(BIGINT, "account_id", OpenRun::accountId)
          .set(BIGINT, "user_id", OpenRun::userId)
          .set(BIGINT, "api_key_id", OpenRun::apiKeyId)
          .set(VARCHAR, "service", OpenRun::service)
          .set(BIGINT, "price_micros", run -> run.price().micros())
          .set(INTEGER, "price_version", OpenRun::priceVersion)
          .set(VARCHAR, "shares", run -> GrantShare.format(run.shares()))
          .set(VARCHAR, "correlation_id", OpenRun::correlationId)
          .set(BIGINT, "parent_usage_id", OpenRun::parentId)
          .set(BIGINT, "job_id", OpenRun::jobId)
          .set(TIMESTAMP, "started_at", OpenRun::startedAt)
          .set(TIMESTAMP, "deadline", OpenRun::deadline)
          .insert();

  private static final String SELECT =
      "select id, order_id, account_id, user_id, api_key_id, service, price_micros, price_version,"
          + " shares, correlation_id, parent_usage_id, job_id, started_at, deadline from run_open where ";

  private static final String BY_ID = "id = any(cast(? as bigint array))";

  private static final OffsetDateTime LONG_AGO =
      OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  @Inject Database database;

  /**
   * How many runs of a service an account has going.
   *
   * @param oldestId the one that has been going longest
   * @param since when it started
   */
  record Going(long accountId, String service, long runs, long oldestId, OffsetDateTime since) {}

  /** Opens runs. */
  static void insert(List<OpenRun> runs, Writes writes) {
    writes.add(INSERT, runs);
  }

  /** Ends runs, and says which of them had not ended before. */
  Set<Long> close(Collection<Long> usageIds) {
    return usageIds.isEmpty() ? Set.of() : Set.copyOf(database.delete("run_open", BY_ID, usageIds));
  }

  /** Which of these runs are going on. */
  Set<Long> going(Collection<Long> usageIds) {
    return usageIds.isEmpty()
        ? Set.of()
        : Set.copyOf(
            database.read(
                "select id from run_open where " + BY_ID, row -> row.getLong(1), usageIds));
  }

  /** How much these accounts have going, by service, but for jobs. */
  List<Going> goingOf(Collection<Long> accountIds) {
    return accountIds.isEmpty()
        ? List.of()
        : database.read(
            "select account_id, service, count(*), min(id), min(started_at) from run_open"
                + " where account_id = any(cast(? as bigint array)) and job_id is null group by account_id, service",
            row ->
                new Going(
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getObject(5, OffsetDateTime.class)),
            accountIds);
  }

  /** One run, if it is going on. */
  Optional<OpenRun> find(long usageId) {
    return database.read(SELECT + "id = ?", OpenRuns::read, usageId).stream().findFirst();
  }

  /** The runs that these ones have ordered and that are going on. */
  List<OpenRun> orderedBy(long accountId, Collection<Long> usageIds) {
    return database.read(
        SELECT + "account_id = ? and parent_usage_id = any(cast(? as bigint array))",
        OpenRuns::read,
        accountId,
        usageIds);
  }

  /** An account's runs, newest first. */
  List<OpenRun> list(long accountId, UsageFilter filter, int limit) {
    List<Object> parameters =
        new ArrayList<>(List.of(accountId, filter.ids().from(), filter.ids().end()));
    filter.service().ifPresent(parameters::add);
    parameters.add(limit);
    return database.read(
        SELECT
            + "account_id = ? and id >= ? and id < ?"
            + (filter.service().isPresent() ? " and service = ?" : "")
            + " order by id desc fetch first ? rows only",
        OpenRuns::read,
        parameters.toArray());
  }

  /** Runs that have not ended by their deadline, oldest first, behind one or from the first. */
  List<OpenRun> overdue(OffsetDateTime now, Optional<OpenRun> after, int limit) {
    return database.read(
        SELECT
            + "deadline <= ? and (deadline, id) > (?, ?)"
            + " order by deadline, id fetch first ? rows only",
        OpenRuns::read,
        now,
        after.map(OpenRun::deadline).orElse(LONG_AGO),
        after.map(OpenRun::usageId).orElse(0L),
        limit);
  }

  /** How many runs have not ended by their deadline. */
  long overdueCount(OffsetDateTime now) {
    return database
        .read("select count(*) from run_open where deadline <= ?", row -> row.getLong(1), now)
        .get(0);
  }

  /** The runs of an order that go on. */
  List<OpenRun> ofOrder(long accountId, long orderId) {
    return database.read(
        SELECT + "account_id = ? and order_id = ? order by id", OpenRuns::read, accountId, orderId);
  }

  /** Whether a run of the order goes on. */
  boolean goesOn(long accountId, long orderId) {
    return !database
        .read(
            "select id from run_open where account_id = ? and order_id = ?"
                + " fetch first 1 rows only",
            row -> row.getLong(1),
            accountId,
            orderId)
        .isEmpty();
  }

  /** Gives the runs of an order that go on more time; returns how many do. */
  int extend(long accountId, long orderId, OffsetDateTime deadline) {
    return database.update(
        "update run_open set deadline = greatest(deadline, ?) where account_id = ? and order_id ="
            + " ?",
        deadline,
        accountId,
        orderId);
  }

  /** What all of them hold together. */
  OpenHolds holds() {
    return database
        .read(
            "select count(*), coalesce(sum(price_micros), 0), min(started_at) from run_open"
                + " where price_micros > 0",
            row ->
                new OpenHolds(
                    row.getLong(1), row.getBigDecimal(2), row.getObject(3, OffsetDateTime.class)))
        .get(0);
  }

  private static OpenRun read(ResultSet row) throws SQLException {
    return new OpenRun(
        row.getLong("id"),
        row.getLong("order_id"),
        row.getLong("account_id"),
        row.getLong("user_id"),
        row.getObject("api_key_id", Long.class),
        row.getString("service"),
        Credits.ofMicros(row.getLong("price_micros")),
        row.getObject("price_version", Integer.class),
        GrantShare.parse(row.getString("shares")),
        row.getString("correlation_id"),
        row.getObject("parent_usage_id", Long.class),
        row.getObject("job_id", Long.class),
        row.getObject("started_at", OffsetDateTime.class),
        row.getObject("deadline", OffsetDateTime.class));
  }
}
