package io.quickscale.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quickscale.credit.Credits;
import io.quickscale.db.Database;
import io.quickscale.db.Writes;
import io.quickscale.job.JobProgress.Share;
import io.quickscale.job.JobTable.Input;
import io.quickscale.job.JobTable.Result;
import io.quickscale.job.JobTable.Totals;
import io.quickscale.node.Node;
import io.quickscale.node.SettableClock;
import io.quickscale.platform.Leases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the database says of jobs, from their start to the day when nothing is kept of them. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class JobJournalTest {
  private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");
  private static final OffsetDateTime AT = NOW.atOffset(ZoneOffset.UTC);
  private static final Share NOTHING_SAID = new Share(-1, -1);
  private static final long ADA = 1;
  private static final long BOB = 2;

  private Node node;

  abstract DataSource dataSource();

  abstract String url();

  @BeforeAll
  void startNode() {
    node =
        Node.start(
            dataSource(),
            url(),
            JobTable.class,
            JobJournal.class,
            JobSettings.class,
            JobCleanUp.class,
            Rows.class);
  }

  @AfterAll
  void stopNode() {
    node.close();
  }

  @BeforeEach
  void begin() {
    node.bean(SettableClock.class).set(NOW);
    for (String table : List.of("job", "job_input", "job_result", "scheduled_tasks")) {
      rows().execute("delete from " + table);
    }
    rows()
        .execute(
            "update work_lease set ends_at = timestamp with time zone '1970-01-01 00:00:00+00'");
  }

  /** Tables, by hand. */
  @ApplicationScoped
  static class Rows {
    @Inject Database database;

    @Transactional
    public void execute(String sql) {
      database.update(sql);
    }

    @Transactional
    public void insert(Job job, List<Input> inputs) {
      Writes writes = new Writes();
      JobTable.insert(job, inputs, writes);
      database.write(writes);
    }

    @Transactional
    public void insert(long jobId, JobItem item) {
      Writes writes = new Writes();
      JobTable.insert(new Result(jobId, item), writes);
      database.write(writes);
    }

    @Transactional
    public List<String> scheduled() {
      return database.read(
          "select task_instance from scheduled_tasks where task_name = 'job' and picked = false"
              + " order by priority desc, task_instance",
          row -> row.getString(1));
    }

    @Transactional
    public long count(String table) {
      return database.read("select count(*) from " + table, row -> row.getLong(1)).get(0);
    }
  }

  private Rows rows() {
    return node.bean(Rows.class);
  }

  private JobJournal journal() {
    return node.bean(JobJournal.class);
  }

  private Job submit(long id, long user, int priority, int items) {
    Job job =
        new Job(
            id,
            id * 1000,
            user * 10,
            user,
            Optional.empty(),
            "correlation",
            items == 1 ? JobKind.RUN : JobKind.BATCH,
            "sentiment_analysis",
            priority,
            JobStatus.QUEUED,
            false,
            new JobProgress(0, 0, items, Optional.empty()),
            Credits.ZERO,
            Credits.ZERO,
            1,
            AT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    rows()
        .insert(
            job,
            IntStream.range(0, items)
                .mapToObj(i -> new Input(id, i, id * 1000 + i, "{\"text\":\"" + i + "\"}"))
                .toList());
    return job;
  }

  private void result(long job, int index, boolean success) {
    rows()
        .insert(
            job,
            new JobItem(
                index,
                job * 1000 + index,
                success,
                Credits.ofMicros(success ? 7 : 0),
                Optional.of("{}")));
  }

  private Job find(long id) {
    return journal().find(id).orElseThrow();
  }

  @Test
  void aUsersJobsGetTheirTurnByPriorityUpToTheLimitAndOthersAreNotConcerned() {
    submit(1, ADA, 1, 1);
    submit(2, ADA, 5, 1);
    submit(3, ADA, 9, 1);
    submit(4, BOB, 0, 1);

    assertThat(journal().admitNext(ADA)).isTrue();
    assertThat(rows().scheduled()).containsExactly("3", "2");
    assertThat(journal().admitNext(ADA)).as("as many as may").isFalse();
    assertThat(journal().usersWaiting()).containsExactlyInAnyOrder(ADA, BOB);
    assertThat(journal().admitNext(BOB)).isTrue();
    assertThat(rows().scheduled()).containsExactly("3", "2", "4");
  }

  @Test
  void theEndOfAJobIsTheTurnOfTheNext() {
    submit(1, ADA, 5, 1);
    submit(2, ADA, 5, 1);
    submit(3, ADA, 5, 1);
    journal().admitNext(ADA);
    Job first = journal().begin(1).orElseThrow();
    assertThat(first.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(first.startedAt()).contains(AT);
    result(1, 0, true);

    journal().end(first, "{}");

    assertThat(rows().scheduled()).containsExactly("1", "2", "3");
    Job ended = find(1);
    assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(ended.consumed()).isEqualTo(Credits.ofMicros(7));
    assertThat(ended.finishedAt()).contains(AT);
    assertThat(ended.keptUntil()).contains(AT.plusDays(7));
    assertThat(journal().begin(1)).as("whoever comes late").isEmpty();
  }

  @Test
  void anEndedJobIsNotEndedAgain() {
    Job job = submit(1, ADA, 5, 1);
    result(1, 0, true);
    journal().end(job, "{}");
    long revision = find(1).revision();

    journal().end(job, "{}");

    assertThat(find(1).revision()).isEqualTo(revision);
  }

  @Test
  void anItemWithoutAResultHasFailedAtTheEnd() {
    Job job = submit(1, ADA, 5, 3);
    result(1, 1, true);

    journal().end(job, "{\"code\":\"lost\"}");

    assertThat(find(1).status()).isEqualTo(JobStatus.FAILED);
    assertThat(find(1).progress()).isEqualTo(new JobProgress(3, 2, 3, Optional.empty()));
    assertThat(journal().items(1, -1, 10))
        .extracting(JobItem::index, JobItem::success)
        .containsExactly(tuple(0, false), tuple(1, true), tuple(2, false));
    assertThat(journal().items(1, 1, 10)).singleElement().matches(item -> item.index() == 2);
  }

  @Test
  void aCancelledJobKeepsWhatHasEnded() {
    Job job = submit(1, ADA, 5, 3);
    result(1, 0, true);
    assertThat(journal().requestCancel(1)).isTrue();
    assertThat(journal().cancelled(List.of(1L, 2L))).containsExactly(1L);

    journal().end(job, "{}");

    assertThat(find(1).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(find(1).progress()).isEqualTo(new JobProgress(1, 0, 3, Optional.empty()));
    assertThat(journal().requestCancel(1)).as("after its end").isFalse();
  }

  @Test
  void progressIsWrittenWhenThereIsAny() {
    submit(1, ADA, 5, 3);
    journal().begin(1);
    long revision = find(1).revision();

    journal().progress(1, new Totals(0, 0, Credits.ZERO), NOTHING_SAID);
    assertThat(find(1).revision()).isEqualTo(revision);
    journal().progress(1, new Totals(2, 1, Credits.ofMicros(7)), NOTHING_SAID);
    assertThat(find(1).revision()).isEqualTo(revision + 1);
    assertThat(find(1).progress()).isEqualTo(new JobProgress(2, 1, 3, Optional.empty()));
    journal().progress(1, new Totals(2, 1, Credits.ofMicros(7)), new Share(3, 10));
    assertThat(find(1).progress().ofRun()).contains(new Share(3, 10));
  }

  @Test
  void whatTheSchedulerHasLostIsScheduledAgain() {
    submit(1, ADA, 5, 1);
    journal().admitNext(ADA);
    rows().execute("delete from scheduled_tasks");

    assertThat(journal().scheduleLost()).isEqualTo(1);
    assertThat(rows().scheduled()).containsExactly("1");
    assertThat(journal().scheduleLost()).isZero();
  }

  @Test
  void onlyJobsThatNobodyWorksOnWaitForAPlace() {
    submit(1, ADA, 5, 1);
    journal().admitNext(ADA);
    assertThat(journal().othersWait()).isTrue();
    rows().execute("update scheduled_tasks set picked = true");
    assertThat(journal().othersWait()).isFalse();
  }

  @Test
  void theQueueSaysHowManyWaitAndSinceWhen() {
    assertThat(journal().queue().since()).isEmpty();
    submit(1, ADA, 5, 1);
    submit(2, ADA, 5, 1);
    journal().begin(1);
    assertThat(journal().queue().length()).isEqualTo(1);
    assertThat(journal().queue().since()).contains(AT);
    assertThat(journal().waiting(ADA)).isEqualTo(1);
  }

  @Test
  void jobsAreListedByUserAndStatusNewestFirst() {
    submit(1, ADA, 5, 1);
    submit(2, BOB, 5, 1);
    submit(3, ADA, 5, 1);
    journal().begin(3);

    assertThat(ids(Optional.of(ADA), Optional.empty(), Optional.empty())).containsExactly(3L, 1L);
    assertThat(ids(Optional.empty(), Optional.of(JobStatus.QUEUED), Optional.empty()))
        .containsExactly(2L, 1L);
    assertThat(ids(Optional.empty(), Optional.empty(), Optional.of(3L))).containsExactly(2L, 1L);
  }

  private List<Long> ids(Optional<Long> user, Optional<JobStatus> status, Optional<Long> before) {
    return journal().list(user, status, before, 10).stream().map(Job::id).toList();
  }

  @Test
  void inputsAndResultsAreDeletedWhenTheyHaveBeenKeptForLongEnough() {
    Job old = submit(1, ADA, 5, 1200);
    result(1, 0, true);
    result(1, 1199, true);
    journal().end(old, "{}");
    node.bean(SettableClock.class).pass(Duration.ofDays(1));
    Job young = submit(2, ADA, 5, 1);
    result(2, 0, true);
    journal().end(young, "{}");
    node.bean(SettableClock.class).pass(Duration.ofDays(6));

    Leases.Lease others =
        node.bean(Leases.class).take("job-clean-up", Duration.ofMinutes(1)).orElseThrow();
    node.bean(JobCleanUp.class).deleteOldResults();
    assertThat(rows().count("job_input")).as("another node is at it").isEqualTo(1201);

    node.bean(Leases.class).release(others);
    node.bean(JobCleanUp.class).deleteOldResults();
    assertThat(rows().count("job_input")).isEqualTo(1);
    assertThat(rows().count("job_result")).isEqualTo(1);
    assertThat(find(1).status()).as("the job itself stays").isEqualTo(JobStatus.FAILED);
    assertThat(journal().toClear(10)).isEmpty();
  }
}
