package io.quickscale.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.quickscale.admin.LedgerVerification;
import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.credit.BalanceVerification.Report;
import io.quickscale.credit.CreditBeans;
import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantKind;
import io.quickscale.credit.LedgerCommand.Give;
import io.quickscale.db.Database;
import io.quickscale.db.TransactionLimits;
import io.quickscale.db.Writes;
import io.quickscale.metrics.Metrics;
import io.quickscale.node.Node;
import io.quickscale.node.SettableClock;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Leases;
import io.quickscale.platform.Leases.Lease;
import io.quickscale.problem.AnswerNotKeptProblem;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.ServiceFixture;
import io.quickscale.run.IdempotencyRecords.Answered;
import io.quickscale.run.IdempotencyRecords.Forgotten;
import io.quickscale.service.ServiceUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * What nodes do beside the runs: one of them at a time where that is said, in small steps, and
 * without stopping those that run. Several nodes share one database.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
abstract class BackgroundWorkTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final OffsetDateTime OLD = NOW.minus(Duration.ofDays(3)).atOffset(ZoneOffset.UTC);
  private static final String VERIFICATION = "ledger-verification";
  private static final String CLEAN_UP = "idempotency-clean-up";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int LARGEST = 1_048_576;

  private static final OffsetDateTime AT = NOW.atOffset(ZoneOffset.UTC);

  private final RegisteredService service =
      ServiceFixture.service("used", Credits.ofMicros(9), null, AT);
  private final AtomicLong lastId = new AtomicLong();
  private final List<Node> nodes = new ArrayList<>();
  private Node node;
  private Node otherNode;

  abstract DataSource dataSource();

  abstract String url();

  /** Forgets everything. */
  abstract List<String> emptyingStatements();

  @BeforeAll
  void startNodes() {
    node = startNode();
    otherNode = startNode();
  }

  private Node startNode() {
    Node started =
        Node.start(
            dataSource(),
            url(),
            Stream.concat(
                    Stream.of(CreditBeans.all()),
                    Stream.of(
                        LedgerVerification.class,
                        UsageVerification.class,
                        Metrics.class,
                        RunJournal.class,
                        TransactionLimits.class,
                        Objections.class,
                        OpenRuns.class,
                        UsageTable.class,
                        RunFamilies.class,
                        IdempotencyRecords.class,
                        IdempotencySweep.class,
                        Rows.class))
                .toArray(Class<?>[]::new));
    nodes.add(started);
    return started;
  }

  @AfterAll
  void stopNodes() {
    nodes.forEach(Node::close);
  }

  @BeforeEach
  void begin() {
    nodes.forEach(each -> each.bean(SettableClock.class).set(NOW));
    rows().execute(emptyingStatements());
    rows()
        .execute(
            List.of(
                "update work_lease set ends_at = timestamp with time zone '1970-01-01"
                    + " 00:00:00+00'"));
  }

  /** Tables, by hand. */
  @ApplicationScoped
  static class Rows {
    @Inject Database database;
    @Inject IdempotencyRecords records;

    @Transactional
    public void execute(List<String> statements) {
      statements.forEach(sql -> database.update(sql));
    }

    @Transactional
    public void claim(IdempotencyKey key, Long orderId, Integer status, OffsetDateTime at) {
      database.update(
          "insert into idempotency_record (user_id, idem_key, fingerprint, order_id, status,"
              + " content_type, body, created_at)"
              + " values (?, ?, ?, ?, ?, 'text/plain', 'an answer', ?)",
          key.userId(),
          key.value(),
          key.fingerprint(),
          orderId,
          status,
          at);
    }

    @Transactional
    public void answer(IdempotencyKey key, long orderId, Answer answer) {
      Writes writes = new Writes();
      records.answer(List.of(new Answered(key, orderId, answer)), writes);
      database.write(writes);
    }

    @Transactional
    public List<String> keys() {
      return database.read(
          "select idem_key from idempotency_record order by idem_key", row -> row.getString(1));
    }
  }

  // Verification

  @Test
  void aVerificationThatIsDoneWhileAccountsAreInUseFindsNothingWrong() throws Exception {
    List<Long> accounts = Stream.generate(this::accountWithCredits).limit(5).toList();
    whileInUse(
        accounts,
        () -> {
          for (int i = 0; i < 40; i++) {
            Report report = verification(node).verify();
            assertThat(report.discrepancies()).isEmpty();
            assertThat(report.accountsChecked()).isEqualTo(5);
          }
        });
  }

  @Test
  void aVerificationThatIsDoneWhileAccountsAreInUseFindsAllThatIsWrong() throws Exception {
    List<Long> accounts = Stream.generate(this::accountWithCredits).limit(5).toList();
    long robbed = accounts.get(2);
    long emptied = accountWithCredits();
    long forged = accountWithCredits();
    long grant = lastId.get();
    rows()
        .execute(
            List.of(
                "update credit_grant set remaining_micros = remaining_micros - 1"
                    + firstGrantOf(robbed),
                "update credit_grant set held_micros = 2, remaining_micros = remaining_micros - 2"
                    + firstGrantOf(emptied),
                "insert into credit_transaction (id, account_id, grant_id, kind, amount_micros,"
                    + " created_at) values (%d, %d, %d, 'GRANT', 5, current_timestamp)"
                        .formatted(lastId.incrementAndGet(), forged, grant)));

    whileInUse(
        accounts,
        () -> {
          for (int i = 0; i < 10; i++) {
            assertThat(verification(node).verify().discrepancies())
                .extracting(Discrepancy::accountId, Discrepancy::kind, BackgroundWorkTest::excess)
                .containsExactly(
                    tuple(robbed, "grant_balance", -1L),
                    tuple(emptied, "grant_held", 2L),
                    tuple(forged, "grant_balance", -5L));
          }
        });
  }

  private static String firstGrantOf(long account) {
    return " where id = (select min(id) from credit_grant where account_id = " + account + ")";
  }

  private static long excess(Discrepancy found) {
    return found.recorded().subtract(found.computed()).movePointRight(6).longValueExact();
  }

  @Test
  void aVerificationDoesNotWaitForAnAccountThatIsLocked() throws SQLException {
    accountWithCredits();
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select * from credit_grant for update");
      statement.execute("select * from credit_account for update");

      assertThat(verification(node).verify().accountsChecked()).isEqualTo(1);
      connection.rollback();
    }
  }

  @Test
  void aSecondVerificationIsRefusedAndSaysSinceWhenTheFirstGoesOn() {
    Lease first = leases(otherNode).take(VERIFICATION, Duration.ofMinutes(5)).orElseThrow();

    assertThatThrownBy(() -> verification(node).verify())
        .isInstanceOf(ConflictProblem.class)
        .hasMessageContaining("is being verified already, since 2026-11-22T08:00Z.")
        .hasMessageContaining("in 5 minutes at the latest");

    leases(otherNode).release(first);
    assertThat(verification(node).verify().isConsistent()).isTrue();
    assertThat(verification(node).verify().isConsistent()).as("gives the lease back").isTrue();
  }

  // Orders whose node died.

  @Test
  void theKeyOfAnOrderThatWasInterruptedSaysSoWhenNothingOfItGoesOn() {
    IdempotencyRecords records = node.bean(IdempotencyRecords.class);
    OffsetDateTime earlier = AT.minusMinutes(5);
    rows().claim(key("gone"), 1_000_001L, null, earlier);
    rows().claim(key("young"), 1_000_002L, null, AT);
    rows().claim(key("answered"), 1_000_003L, 200, earlier);
    long account = accountWithCredits();
    long orderId = lastId.incrementAndGet();
    Run run =
        RunFixture.run(
            orderId, service, new ServiceUser(1, account, ""), earlier, Optional.empty());
    RunOutcome.Started started =
        (RunOutcome.Started)
            node.bean(RunJournal.class)
                .write(List.of(new RunCommand.Start(run.order(), List.of(run))))
                .get(0);
    rows().claim(key("goes on"), orderId, null, earlier);

    assertThat(records.isInterrupted(key("gone"))).isTrue();
    assertThat(records.isInterrupted(key("young"))).isFalse();
    assertThat(records.isInterrupted(key("answered"))).isFalse();
    assertThat(records.isInterrupted(key("goes on"))).isFalse();
    node.bean(RunJournal.class).write(List.of(new RunCommand.Abandon(started.runs().get(0))));
    assertThat(records.isInterrupted(key("unknown"))).isFalse();
  }

  // Rows of others, in the transactions of runs.

  @Test
  void whatIsWrittenAlongsideIsWrittenByWhoReallyEndsTheRun() {
    long account = accountWithCredits();
    Run run =
        RunFixture.run(
            lastId.incrementAndGet(),
            service,
            new ServiceUser(1, account, ""),
            AT,
            Optional.empty());
    RunJournal journal = node.bean(RunJournal.class);
    List<String> told = new ArrayList<>();
    RunOutcome.Started started =
        (RunOutcome.Started)
            journal
                .write(
                    List.of(
                        new RunCommand.Start(
                            run.order(),
                            List.of(run),
                            Optional.empty(),
                            writes -> told.add("started"))))
                .get(0);
    RunCommand.Finish finish =
        new RunCommand.Finish(
            started.runs().get(0),
            RunEnd.succeeded("a result", Credits.ofMicros(4), 1),
            Optional.empty(),
            (answer, writes) -> told.add("ended: " + answer.result() + " for " + answer.cost()));

    journal.write(List.of(finish));
    journal.write(List.of(finish));

    assertThat(told).containsExactly("started", "ended: a result for 0.000004");
  }

  /** Holds, charges and releases on two more nodes as long as the work takes. */
  private void whileInUse(List<Long> accounts, Runnable work) throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicLong runs = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<?>> users = new ArrayList<>();
    for (Node each : List.of(otherNode, startNode())) {
      each.bean(SettableClock.class).set(NOW);
      users.add(
          threads.submit(
              () -> {
                while (!isOver.get()) {
                  run(each, accounts);
                  runs.incrementAndGet();
                }
              }));
    }
    try {
      work.run();
    } finally {
      isOver.set(true);
      for (Future<?> user : users) {
        user.get();
      }
      threads.shutdown();
    }
    assertThat(runs.get()).as("runs meanwhile").isPositive();
  }

  private void run(Node on, List<Long> accounts) {
    RunJournal journal = on.bean(RunJournal.class);
    long account = accounts.get(ThreadLocalRandom.current().nextInt(accounts.size()));
    Run run =
        RunFixture.run(
            lastId.incrementAndGet(),
            service,
            new ServiceUser(1, account, ""),
            AT,
            Optional.empty());
    RunOutcome started =
        journal.write(List.of(new RunCommand.Start(run.order(), List.of(run)))).get(0);
    Credits charge = Credits.ofMicros(run.usageId() % 3 == 0 ? 0 : 4);
    journal
        .write(
            List.of(
                new RunCommand.Finish(
                    ((RunOutcome.Started) started).runs().get(0),
                    RunEnd.succeeded("", charge, 1),
                    Optional.empty())))
        .get(0)
        .orThrow();
  }

  private long accountWithCredits() {
    CreditLedger ledger = node.bean(CreditLedger.class);
    long account = ledger.openAccount();
    for (int i = 0; i < 2; i++) {
      ledger
          .apply(
              new Give(
                  account,
                  lastId.incrementAndGet(),
                  GrantKind.ADMIN,
                  0,
                  Credits.ofMicros(1_000_000_000),
                  Optional.empty(),
                  ""))
          .orThrow();
    }
    return account;
  }

  // Old answers

  @Test
  void oldAnswersAreForgottenInSmallStepsAndNothingElseIs() {
    for (int i = 0; i < 1500; i++) {
      rows().claim(key("old " + i), null, 200, OLD.plusSeconds(i));
    }
    for (int i = 0; i < 1500; i++) {
      rows().claim(key("of one moment " + i), null, 200, OLD.plusHours(1));
    }
    rows().claim(key("not answered"), 7L, null, OLD);
    rows().claim(key("young"), null, 200, NOW.minus(Duration.ofHours(47)).atOffset(ZoneOffset.UTC));

    Forgotten first = records().forgetOld(Forgotten.NOTHING_YET);
    assertThat(first.count()).isEqualTo(999);
    node.bean(IdempotencySweep.class).forgetOldAnswers();

    assertThat(rows().keys()).containsExactly("not-answered", "young");
  }

  @Test
  void oldAnswersAreForgottenByOneNodeAtATime() {
    rows().claim(key("old"), null, 200, OLD);
    Lease others = leases(otherNode).take(CLEAN_UP, MINUTE).orElseThrow();

    node.bean(IdempotencySweep.class).forgetOldAnswers();
    assertThat(rows().keys()).hasSize(1);

    leases(otherNode).release(others);
    node.bean(IdempotencySweep.class).forgetOldAnswers();
    assertThat(rows().keys()).isEmpty();
    assertThat(leases(otherNode).take(CLEAN_UP, MINUTE)).as("given back").isPresent();
  }

  // Large answers

  @Test
  void anAnswerIsKeptUpToTheLargestAndALargerOneIsNotButItsRequestIsNotDoneAgain() {
    IdempotencyKey kept = key("kept");
    IdempotencyKey larger = key("larger");
    IdempotencyKey umlauts = key("umlauts");
    records().record(kept, () -> text("x".repeat(LARGEST)));
    records().record(larger, () -> text("x".repeat(LARGEST + 1)));
    records().record(umlauts, () -> text("ä".repeat(LARGEST / 2 + 1)));

    assertThat(records().replay(kept)).map(Answer::body).contains("x".repeat(LARGEST));
    for (IdempotencyKey key : List.of(larger, umlauts)) {
      assertThatThrownBy(() -> records().replay(key))
          .isInstanceOf(AnswerNotKeptProblem.class)
          .hasMessageContaining("answered with status 200, but its answer was too large");
    }
  }

  @Test
  void whoRepeatsARunWithALargeAnswerIsToldWhichRunItWas() {
    IdempotencyKey key = key("run");
    rows().claim(key, 4711L, null, OLD);
    rows().answer(key, 4711, text("x".repeat(LARGEST + 1)));

    assertThatThrownBy(() -> records().replay(key))
        .isInstanceOfSatisfying(
            AnswerNotKeptProblem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo("conflict");
              assertThat(problem.members()).containsEntry("usage_id", Ids.format(4711));
              assertThat(problem.detail()).contains("/usage/" + Ids.format(4711));
            });
    node.bean(IdempotencySweep.class).forgetOldAnswers();
    assertThat(rows().keys()).as("is forgotten like others").isEmpty();
  }

  // Leases

  @Test
  void aLeaseIsOneNodesUntilItIsGivenBack() {
    Lease first = leases(node).take(CLEAN_UP, MINUTE).orElseThrow();
    assertThat(leases(otherNode).take(CLEAN_UP, MINUTE)).isEmpty();
    assertThat(leases(otherNode).take(VERIFICATION, MINUTE)).as("of other work").isPresent();

    leases(node).release(first);
    assertThat(leases(otherNode).take(CLEAN_UP, MINUTE)).isPresent();
  }

  @Test
  void aLeaseThatIsNotExtendedEndsAndIsNotItsFormerHoldersAnyMore() {
    Lease lost = leases(node).take(CLEAN_UP, MINUTE).orElseThrow();
    pass(MINUTE.minusMillis(1));
    assertThat(leases(node).extend(lost)).isTrue();
    pass(MINUTE.minusMillis(1));
    assertThat(leases(otherNode).take(CLEAN_UP, MINUTE)).as("was extended").isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(leases(otherNode).take(CLEAN_UP, MINUTE)).as("has ended").isPresent();

    assertThat(leases(node).extend(lost)).isFalse();
    leases(node).release(lost);
    assertThat(leases(node).take(CLEAN_UP, MINUTE)).as("the other still has it").isEmpty();
  }

  private void pass(Duration time) {
    nodes.forEach(each -> each.bean(SettableClock.class).pass(time));
  }

  private static IdempotencyKey key(String name) {
    return new IdempotencyKey(1, name.replace(' ', '-'), "a request");
  }

  private static Answer text(String body) {
    return new Answer(200, "text/plain", body, false);
  }

  private Rows rows() {
    return node.bean(Rows.class);
  }

  private IdempotencyRecords records() {
    return node.bean(IdempotencyRecords.class);
  }

  private static LedgerVerification verification(Node on) {
    return on.bean(LedgerVerification.class);
  }

  private static Leases leases(Node on) {
    return on.bean(Leases.class);
  }
}
