package io.quickscale.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.access.AddressMigration;
import io.quickscale.admin.LedgerVerification;
import io.quickscale.credit.CreditBeans;
import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.Credits;
import io.quickscale.db.TransactionLimits;
import io.quickscale.metrics.Metrics;
import io.quickscale.node.Node;
import io.quickscale.node.SettableClock;
import io.quickscale.platform.IdRange;
import io.quickscale.problem.RequestInProgressProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A database as version 7 of the schema left it when its nodes were stopped in the middle of runs,
 * and what this version makes of it.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class UpgradeTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final long ACCOUNT = 1;
  private static final long PRICED = 101;
  private static final long FREE = 102;
  private static final long INNER = 103;
  private static final long PAID = 104;
  private static final long REFUNDED = 105;
  private static final long LATER = 106;

  /** One grant of 100: 4 and 5 held, 2, 3 and 1 charged, 1 of that given back. */
  private static final List<String> ROWS =
      List.of(
          "insert into credit_account (id, created_at) values (1, timestamp '2026-11-01 00:00:00')",
          "insert into app_user (id, account_id, email, role, active, created_at, version)"
              + " values (9, 1, 'ann@example.com', 'USER', true, timestamp '2026-11-01 00:00:00', 1)",
          "insert into credit_grant (id, account_id, kind, priority, amount_micros,"
              + " remaining_micros, held_micros, created_at, has_credits, version) values"
              + " (7, 1, 'ADMIN', 0, 100, 86, 9, timestamp '2026-11-01 00:00:00', true, 9)",
          transaction(1, "GRANT", 100, null),
          transaction(2, "CHARGE", -2, INNER),
          transaction(3, "CHARGE", -3, PAID),
          transaction(4, "CHARGE", -1, REFUNDED),
          transaction(5, "REFUND", 1, REFUNDED),
          hold(PRICED, "OPEN", 4, 0, "7:ADMIN:4"),
          hold(LATER, "OPEN", 5, 0, "7:ADMIN:5"),
          hold(INNER, "SETTLED", 2, 2, "7:ADMIN:2"),
          hold(PAID, "SETTLED", 4, 3, "7:ADMIN:3"),
          hold(REFUNDED, "REFUNDED", 1, 1, "7:ADMIN:1"),
          usage(PRICED, "RUNNING", 4, 0, 0, "null", "11:59:00", "null"),
          usage(FREE, "RUNNING", 0, 0, 0, "null", "11:59:00", "null"),
          usage(LATER, "RUNNING", 5, 0, 0, "null", "12:30:00", "null"),
          usage(INNER, "SUCCEEDED", 2, 2, 0, "'7:ADMIN:2'", "11:59:00", "101"),
          usage(PAID, "SUCCEEDED", 4, 3, 0, "'7:ADMIN:3'", "11:59:00", "null"),
          usage(REFUNDED, "FAILED", 1, 1, 1, "'7:ADMIN:1'", "11:59:00", "null"),
          "insert into idempotency_record (user_id, idem_key, fingerprint, usage_id, created_at)"
              + " values (9, 'unanswered', 'x', 101, timestamp '2026-11-27 11:00:00')",
          "insert into idempotency_record (user_id, idem_key, fingerprint, usage_id, status,"
              + " content_type, body, created_at) values (9, 'answered', 'x', 104, 200,"
              + " 'text/plain', 'paid', timestamp '2026-11-27 11:00:00')",
          "insert into service_definition (name, description, category, credit_cost_micros,"
              + " unit_prices, active, failure_policy, created_at, updated_at, version) values"
              + " ('old', '', 'test', 4, '[]', true, 'NO_CHARGE',"
              + " timestamp '2026-11-01 00:00:00', timestamp '2026-11-02 00:00:00', 3)");

  private Node node;

  abstract DataSource dataSource();

  abstract String url();

  /** The folder of the database's own migrations. */
  abstract String vendor();

  private static String transaction(long id, String kind, long micros, Long usageId) {
    return ("insert into credit_transaction (id, account_id, grant_id, kind, amount_micros, usage_id,"
            + " created_at) values (%d, 1, 7, '%s', %d, %s, timestamp '2026-11-27 11:00:00')")
        .formatted(id, kind, micros, usageId);
  }

  private static String hold(long id, String state, long held, long charged, String shares) {
    return ("insert into credit_hold (id, account_id, state, held_micros, charged_micros, shares,"
            + " created_at, version) values (%d, 1, '%s', %d, %d, '%s',"
            + " timestamp '2026-11-27 11:00:00', 1)")
        .formatted(id, state, held, charged, shares);
  }

  private static String usage(
      long id,
      String status,
      long price,
      long cost,
      long refunded,
      String paidFrom,
      String deadline,
      String parent) {
    return ("insert into service_usage (id, account_id, user_id, service, status, price_micros,"
            + " cost_micros, refunded_micros, paid_from, attempts, correlation_id, started_at,"
            + " started_day, deadline, parent_usage_id) values (%d, 1, 9, 'old', '%s', %d, %d, %d, %s,"
            + " 1, 'a request', timestamp '2026-11-27 11:00:00', 20784,"
            + " timestamp with time zone '2026-11-27 %s+00', %s)")
        .formatted(id, status, price, cost, refunded, paidFrom, deadline, parent);
  }

  @BeforeAll
  void upgrade() throws SQLException {
    Flyway.configure()
        .dataSource(dataSource())
        .locations("classpath:db/migration/common", "classpath:db/migration/" + vendor())
        .javaMigrations(new AddressMigration())
        .target("7")
        .load()
        .migrate();
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String row : ROWS) {
        statement.execute(row);
      }
    }
    node =
        Node.start(
            dataSource(),
            url(),
            Stream.concat(
                    Stream.of(CreditBeans.all()),
                    Stream.of(
                        AddressMigration.class,
                        LedgerVerification.class,
                        UsageVerification.class,
                        Metrics.class,
                        RunJournal.class,
                        TransactionLimits.class,
                        Objections.class,
                        OpenRuns.class,
                        UsageTable.class,
                        UsageHistory.class,
                        UsageRefund.class,
                        RunFamilies.class,
                        RunSweep.class,
                        IdempotencyRecords.class))
                .toArray(Class<?>[]::new));
    node.bean(SettableClock.class).set(NOW);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  @org.junit.jupiter.api.Order(1)
  void nothingIsLostAndEverythingAddsUp() {
    assertThat(verified()).isEmpty();
    assertThat(available()).isEqualTo(Credits.ofMicros(86));
    assertThat(history(Usage.Status.RUNNING)).containsExactly(LATER, FREE, PRICED);
    assertThat(history(Usage.Status.SUCCEEDED)).containsExactly(PAID, INNER);
    assertThat(history(Usage.Status.FAILED)).containsExactly(REFUNDED);
    Usage running = usage(PRICED);
    assertThat(running.price()).isEqualTo(Credits.ofMicros(4));
    assertThat(running.orderId()).isEqualTo(PRICED);
    assertThat(running.priceVersion()).isEmpty();
    assertThat(usage(PAID).cost()).isEqualTo(Credits.ofMicros(3));
  }

  @Test
  @org.junit.jupiter.api.Order(2)
  void whatWasAnsweredIsAnsweredAgainAndWhatWasNotStillGoesOn() {
    IdempotencyRecords records = node.bean(IdempotencyRecords.class);
    assertThat(records.replay(new IdempotencyKey(9, "answered", "x")))
        .map(Answer::body)
        .contains("paid");
    assertThatThrownBy(() -> records.replay(new IdempotencyKey(9, "unanswered", "x")))
        .isInstanceOf(RequestInProgressProblem.class);
  }

  @Test
  @org.junit.jupiter.api.Order(3)
  void runsWhoseDeadlineHasPassedAreGivenUpWithWhatTheirInnerRunsCost() {
    node.bean(RunSweep.class).sweep();

    assertThat(usage(PRICED).status()).isEqualTo(Usage.Status.ABANDONED);
    assertThat(usage(FREE).status()).isEqualTo(Usage.Status.ABANDONED);
    assertThat(usage(LATER).status()).isEqualTo(Usage.Status.RUNNING);
    assertThat(usage(INNER).refunded()).isEqualTo(Credits.ofMicros(2));
    assertThat(available()).isEqualTo(Credits.ofMicros(92));
    assertThat(node.bean(IdempotencyRecords.class).replay(new IdempotencyKey(9, "unanswered", "x")))
        .isEmpty();
    assertThat(verified()).isEmpty();
  }

  @Test
  @org.junit.jupiter.api.Order(4)
  void whatWasPaidBeforeCanBeRefunded() {
    node.bean(UsageRefund.class).refund(PAID, "an apology");

    assertThat(available()).isEqualTo(Credits.ofMicros(95));
    assertThat(verified()).isEmpty();
  }

  private Credits available() {
    return node.bean(CreditLedger.class).available(Set.of(ACCOUNT)).get(ACCOUNT);
  }

  private List<?> verified() {
    return node.bean(LedgerVerification.class).verify().discrepancies();
  }

  private Usage usage(long id) {
    return node.bean(UsageHistory.class).find(id).orElseThrow();
  }

  private List<Long> history(Usage.Status status) {
    UsageFilter filter = new UsageFilter(IdRange.ALL, Optional.empty(), Optional.of(status));
    return node.bean(UsageHistory.class).list(ACCOUNT, filter, 10).stream().map(Usage::id).toList();
  }
}
