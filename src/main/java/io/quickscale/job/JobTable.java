package io.quickscale.job;

import static io.quickscale.db.SqlType.BIGINT;
import static io.quickscale.db.SqlType.BOOLEAN;
import static io.quickscale.db.SqlType.INTEGER;
import static io.quickscale.db.SqlType.TIMESTAMP;
import static io.quickscale.db.SqlType.VARCHAR;

import io.quickscale.credit.Credits;
import io.quickscale.db.BulkStatement;
import io.quickscale.db.Database;
import io.quickscale.db.Writes;
import io.quickscale.job.JobProgress.Share;
import io.quickscale.service.ServiceUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The rows of jobs, their inputs and results. Works in the caller's transaction. */
@ApplicationScoped
class JobTable {
  /** The name of its tasks in db-scheduler's table; each instance is named by the job's id. */
  static final String TASK = "job";

  private static final String GOING = "status in ('QUEUED', 'RUNNING')";

  private static final BulkStatement<Job> INSERT =
      BulkStatement.<Job>into("job")
          .set(BIGINT, "id", Job::id)
          .set(BIGINT, "order_id", Job::orderId)
          .set(BIGINT, "account_id", Job::accountId)
          .set(BIGINT, "user_id", Job::userId)
          .set(BIGINT, "api_key_id", job -> job.apiKeyId().orElse(null))
          .set(VARCHAR, "correlation_id", Job::correlationId)
          .set(VARCHAR, "kind", job -> job.kind().name())
          .set(VARCHAR, "service", Job::service)
          .set(INTEGER, "priority", Job::priority)
          .set(VARCHAR, "status", job -> job.status().name())
          .set(BOOLEAN, "admitted", job -> false)
          .set(BOOLEAN, "cancel_requested", Job::cancelRequested)
          .set(INTEGER, "total", job -> job.progress().total())
          .set(INTEGER, "done", job -> job.progress().done())
          .set(INTEGER, "failed", job -> job.progress().failed())
          .set(BIGINT, "consumed_micros", job -> job.consumed().micros())
          .set(BIGINT, "revision", Job::revision)
          .set(TIMESTAMP, "created_at", Job::createdAt)
          .set(BOOLEAN, "cleared", job -> false)
          .insert();

  private static final BulkStatement<Input> INSERT_INPUT =
      BulkStatement.<Input>into("job_input")
          .set(BIGINT, "job_id", Input::jobId)
          .set(INTEGER, "item", Input::index)
          .set(BIGINT, "usage_id", Input::usageId)
          .set(VARCHAR, "input", Input::text)
          .insert();

  private static final BulkStatement<Result> INSERT_RESULT =
      BulkStatement.<Result>into("job_result")
          .set(BIGINT, "job_id", Result::jobId)
          .set(INTEGER, "item", result -> result.item().index())
          .set(BIGINT, "usage_id", result -> result.item().usageId())
          .set(BOOLEAN, "success", result -> result.item().success())
          .set(BIGINT, "cost_micros", result -> result.item().cost().micros())
          .set(VARCHAR, "body", result -> result.item().body().orElse(null))
          .insert();

  private static final BulkStatement<Task> INSERT_TASK =
      BulkStatement.<Task>into("scheduled_tasks")
          .set(VARCHAR, "task_name", task -> TASK)
          .set(VARCHAR, "task_instance", task -> String.valueOf(task.jobId()))
          .set(TIMESTAMP, "execution_time", Task::dueAt)
          .set(BOOLEAN, "picked", task -> false)
          .set(BIGINT, "version", task -> 1L)
          .set(INTEGER, "priority", Task::priority)
          .insert();

  private static final String SELECT =
      "select j.id, j.order_id, j.account_id, j.user_id, j.api_key_id, j.correlation_id, j.kind,"
          + " j.service, j.priority, j.status, j.cancel_requested, j.total, j.done, j.failed,"
          + " j.consumed_micros, j.run_done, j.run_total, j.revision, j.created_at, j.started_at,"
          + " j.finished_at, j.kept_until,"
          + " case when j.status in ('QUEUED', 'RUNNING') then (select coalesce(sum(r.price_micros),"
          + " 0) from run_open r where r.account_id = j.account_id and r.order_id = j.order_id)"
          + " else 0 end as held_micros from job j where ";

  @Inject Database database;

  /** What a run of a job gets. */
  record Input(long jobId, int index, long usageId, String text) {}

  /** How an item of a job ended. */
  record Result(long jobId, JobItem item) {}

  /** What the scheduler is to have somebody do. */
  record Task(long jobId, int priority, OffsetDateTime dueAt) {}

  /** What the results of a job add up to. */
  record Totals(int results, int failed, Credits consumed) {}

  /** How many jobs wait, and since when the first of them does. */
  record Queue(long length, Optional<OffsetDateTime> since) {}

  /** A new job with its inputs. */
  static void insert(Job job, List<Input> inputs, Writes writes) {
    writes.add(INSERT, List.of(job));
    writes.add(INSERT_INPUT, inputs);
  }

  /** The result of an item that has ended. */
  static void insert(Result result, Writes writes) {
    writes.add(INSERT_RESULT, List.of(result));
  }

  /** Has jobs worked on from a moment on. */
  void schedule(List<Task> tasks) {
    database.write(INSERT_TASK, tasks);
  }

  /** Whether it is the embedded database. */
  boolean isEmbedded() {
    return database.isH2();
  }

  Optional<Job> find(long id) {
    return database.read(SELECT + "j.id = ?", JobTable::read, id).stream().findFirst();
  }

  /** Those of these that there are. */
  List<Job> find(Collection<Long> ids) {
    return database.read(SELECT + "j.id = any(cast(? as bigint array))", JobTable::read, ids);
  }

  /** Jobs, newest first; of one user or of all, in one status or in any. */
  List<Job> list(
      Optional<Long> userId, Optional<JobStatus> status, Optional<Long> before, int limit) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(before.orElse(Long.MAX_VALUE));
    userId.ifPresent(parameters::add);
    status.ifPresent(one -> parameters.add(one.name()));
    parameters.add(limit);
    return database.read(
        SELECT
            + "j.id < ?"
            + (userId.isPresent() ? " and j.user_id = ?" : "")
            + (status.isPresent() ? " and j.status = ?" : "")
            + " order by j.id desc fetch first ? rows only",
        JobTable::read,
        parameters.toArray());
  }

  /** Whose job it is, as services see the user. */
  ServiceUser owner(Job job) {
    return database
        .read(
            "select id, account_id, email from app_user where id = ?",
            row -> new ServiceUser(row.getLong(1), row.getLong(2), row.getString(3)),
            job.userId())
        .get(0);
  }

  /** How many jobs of a user wait. */
  int waiting(long userId) {
    return database
        .read(
            "select count(*) from job where status = 'QUEUED' and user_id = ?",
            row -> row.getInt(1),
            userId)
        .get(0);
  }

  /** A user's jobs that have not ended, locked in the order of their ids. */
  List<Turns.Going> lockGoing(long userId) {
    return database.read(
        "select id, priority, admitted from job where "
            + GOING
            + " and user_id = ? order by id for update",
        row -> new Turns.Going(row.getLong(1), row.getInt(2), row.getBoolean(3)),
        userId);
  }

  /** Notes that jobs have their turn. */
  void admit(List<Long> ids) {
    database.update("update job set admitted = true where id = any(cast(? as bigint array))", ids);
  }

  /** Users with jobs that have not had their turn. */
  List<Long> usersWaiting() {
    return database.read(
        "select distinct user_id from job where status = 'QUEUED' and admitted = false",
        row -> row.getLong(1));
  }

  /** Jobs that have their turn, but that the scheduler does not have. */
  List<Turns.Going> lost() {
    return database.read(
        "select id, priority from job where "
            + GOING
            + " and admitted = true and not exists (select 1 from scheduled_tasks t where"
            + " t.task_name = 'job' and t.task_instance = cast(job.id as varchar))",
        row -> new Turns.Going(row.getLong(1), row.getInt(2), true));
  }

  /** Whether the scheduler has jobs that nobody works on now. */
  boolean othersWait(OffsetDateTime now) {
    return !database
        .read(
            "select task_instance from scheduled_tasks where task_name = 'job' and picked = false"
                + " and execution_time <= ? fetch first 1 rows only",
            row -> row.getString(1),
            now)
        .isEmpty();
  }

  /** Says that a node works on a job; false if it has ended. */
  boolean begin(long id, OffsetDateTime now) {
    return database.update(
            "update job set status = 'RUNNING', started_at = coalesce(started_at, ?),"
                + " revision = revision + 1 where id = ? and "
                + GOING,
            now,
            id)
        > 0;
  }

  /** Shows how far a job is, if that has changed. */
  void progress(long id, Totals totals, Share ofRun) {
    database.update(
        "update job set done = ?, failed = ?, consumed_micros = ?,"
            + " run_done = nullif(cast(? as bigint), -1), run_total = nullif(cast(? as bigint),"
            + " -1), revision = revision + 1 where id = ? and status = 'RUNNING' and (done <> ? or"
            + " coalesce(run_done, -1) <> ? or coalesce(run_total, -1) <> ?)",
        totals.results(),
        totals.failed(),
        totals.consumed().micros(),
        ofRun.done(),
        ofRun.total(),
        id,
        totals.results(),
        ofRun.done(),
        ofRun.total());
  }

  /** Notes that somebody wants a job no more; false if it has ended. */
  boolean requestCancel(long id) {
    return database.update(
            "update job set cancel_requested = true, revision = revision + 1 where id = ? and "
                + GOING,
            id)
        > 0;
  }

  /** Those of these that somebody wants no more. */
  List<Long> cancelled(Collection<Long> ids) {
    return database.read(
        "select id from job where cancel_requested = true and id = any(cast(? as bigint array))",
        row -> row.getLong(1),
        ids);
  }

  /** Gives each item that has no result one that failed. */
  void fillWith(long id, String problem) {
    database.update(
        "insert into job_result (job_id, item, usage_id, success, cost_micros, body)"
            + " select i.job_id, i.item, i.usage_id, false, 0, cast(? as varchar) from job_input i"
            + " where i.job_id = ? and not exists (select 1 from job_result r where r.job_id ="
            + " i.job_id and r.item = i.item)",
        problem,
        id);
  }

  Totals totals(long id) {
    return database
        .read(
            "select count(*), count(case when success then null else 1 end),"
                + " coalesce(sum(cost_micros), 0) from job_result where job_id = ?",
            row -> new Totals(row.getInt(1), row.getInt(2), Credits.ofMicros(row.getLong(3))),
            id)
        .get(0);
  }

  /** Ends a job. */
  void end(long id, JobStatus status, Totals totals, OffsetDateTime now, OffsetDateTime keptUntil) {
    database.update(
        "update job set status = ?, done = ?, failed = ?, consumed_micros = ?, finished_at = ?,"
            + " kept_until = ?, revision = revision + 1 where id = ?",
        status.name(),
        totals.results(),
        totals.failed(),
        totals.consumed().micros(),
        now,
        keptUntil,
        id);
  }

  /** The inputs of a job from an index on, in their order. */
  List<Input> inputs(long id, int from, int limit) {
    return database.read(
        "select job_id, item, usage_id, input from job_input where job_id = ? and item >= ?"
            + " order by item fetch first ? rows only",
        row -> new Input(row.getLong(1), row.getInt(2), row.getLong(3), row.getString(4)),
        id,
        from,
        limit);
  }

  /** The items of a job that have ended, behind an index, in their order. */
  List<JobItem> items(long id, int after, int limit) {
    return database.read(
        "select item, usage_id, success, cost_micros, body from job_result where job_id = ? and"
            + " item > ? order by item fetch first ? rows only",
        row ->
            new JobItem(
                row.getInt(1),
                row.getLong(2),
                row.getBoolean(3),
                Credits.ofMicros(row.getLong(4)),
                Optional.ofNullable(row.getString(5))),
        id,
        after,
        limit);
  }

  Queue queue() {
    return database
        .read(
            "select count(*), min(created_at) from job where status = 'QUEUED'",
            row ->
                new Queue(
                    row.getLong(1), Optional.ofNullable(row.getObject(2, OffsetDateTime.class))))
        .get(0);
  }

  /** A few jobs whose inputs and results have been kept for long enough, oldest first. */
  List<Long> toClear(OffsetDateTime now, int limit) {
    return database.read(
        "select id from job where cleared = false and kept_until <= ?"
            + " order by kept_until fetch first ? rows only",
        row -> row.getLong(1),
        now,
        limit);
  }

  /** Deletes a few of a job's inputs and results; false if there are none left. */
  boolean clearSome(long id, int rows) {
    // First in the one table, then in the other: a bitwise or would not say that.
    int results = clearSome("job_result", id, rows);
    return results + clearSome("job_input", id, rows) > 0;
  }

  private int clearSome(String table, long id, int rows) {
    return database.update(
        "delete from "
            + table
            + " where job_id = ? and item <= (select min(item) from "
            + table
            + " where job_id = ?) + ?",
        id,
        id,
        rows);
  }

  /** Notes that nothing is left of a job but itself. */
  void cleared(long id) {
    database.update("update job set cleared = true where id = ?", id);
  }

  private static Job read(ResultSet row) throws SQLException {
    Long runTotal = row.getObject("run_total", Long.class);
    return new Job(
        row.getLong("id"),
        row.getLong("order_id"),
        row.getLong("account_id"),
        row.getLong("user_id"),
        Optional.ofNullable(row.getObject("api_key_id", Long.class)),
        row.getString("correlation_id"),
        JobKind.valueOf(row.getString("kind")),
        row.getString("service"),
        row.getInt("priority"),
        JobStatus.valueOf(row.getString("status")),
        row.getBoolean("cancel_requested"),
        new JobProgress(
            row.getInt("done"),
            row.getInt("failed"),
            row.getInt("total"),
            runTotal == null
                ? Optional.empty()
                : Optional.of(new Share(row.getLong("run_done"), runTotal))),
        Credits.ofMicros(row.getLong("held_micros")),
        Credits.ofMicros(row.getLong("consumed_micros")),
        row.getLong("revision"),
        row.getObject("created_at", OffsetDateTime.class),
        Optional.ofNullable(row.getObject("started_at", OffsetDateTime.class)),
        Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class)),
        Optional.ofNullable(row.getObject("kept_until", OffsetDateTime.class)));
  }
}
