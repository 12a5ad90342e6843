package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quickscale.system.QuickScale.Caller;
import io.quickscale.system.QuickScale.NoAnswer;
import io.quickscale.system.chaos.CrashPoint;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Customers buy runs while the server is killed, or the database stopped, and started again.
 * However that goes, every run that somebody was told of is charged once, and nothing else is.
 */
@EnabledIfSystemProperty(named = "quickscale.test.processes", matches = "true")
class CrashIT {
  private static final int ROUNDS = Integer.getInteger("quickscale.test.chaos.rounds", 2);
  private static final int ROUNDS_PER_DATABASE_STOP = 5;
  private static final int ACCOUNTS = 4;
  private static final int RUNS_AFTERWARDS = 100;
  private static final int RUNS_UNDER_LOCK = 500;

  /** Of a batch, which takes some seconds. */
  private static final int ITEMS = 300;

  private static final double STEADY_PRICE = 2;

  /** What the ledger's callers wait for at most, in its queue. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(4);

  /** What anybody waits for at most: in the queue, for a connection's time-outs, and once again. */
  private static final Duration BOUND = Duration.ofSeconds(30);

  /** A free run that some other node began and never ended. */
  private static final String OVERDUE_RUN =
      """
      insert into run_open (id, order_id, account_id, user_id, service, price_micros, shares,
             correlation_id, started_at, deadline)
      select id + 1, id + 1, account_id, user_id, service, 0, '', 'overdue', started_at,
             now() - interval '1 second'
        from service_usage order by id desc limit 1
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static DurablePostgreSql database;
  private static SilentProxy wayToDatabase;
  private static ServerProcess server;
  private static List<Caller> accounts;
  private static final List<Purchase> ALL_PURCHASES = new ArrayList<>();
  private final Random random = new Random();

  @BeforeAll
  static void start() throws IOException {
    database = DurablePostgreSql.start(folder.resolve("postgresql"));
    wayToDatabase = SilentProxy.to(database.port());
    server = ServerProcess.start(application(), folder.resolve("server"), settings());
    QuickScale quickScale = server.ready();
    accounts = IntStream.range(0, ACCOUNTS).mapToObj(i -> rich(quickScale)).toList();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
    if (wayToDatabase != null) {
      wayToDatabase.close();
    }
    if (database != null) {
      database.close();
    }
  }

  static Stream<Integer> rounds() {
    return IntStream.rangeClosed(1, ROUNDS).boxed();
  }

  static Stream<Integer> databaseStops() {
    return IntStream.rangeClosed(0, (ROUNDS - 1) / ROUNDS_PER_DATABASE_STOP).boxed();
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void aServerKilledAtAnyMomentLosesNoRunAndChargesNoneTwice(int round) throws Exception {
    try (Load load = Load.on(accounts)) {
      load.goOnFor(random.nextInt(1000));
      pauseUpToMillis(300);
      server.kill();

      server.startAgain();
      QuickScale quickScale = server.ready();
      load.goOnFor(RUNS_AFTERWARDS);

      assertEverythingAddsUp("killed at random", quickScale, load.stop());
    }
  }

  @ParameterizedTest
  @EnumSource(value = CrashPoint.class, mode = Mode.EXCLUDE, names = "INNER_RUN_PAID")
  void aServerThatDiesAtAStepOfARunLosesNoRunAndChargesNoneTwice(CrashPoint step) throws Exception {
    try (Load load = Load.on(accounts)) {
      load.goOnFor(RUNS_AFTERWARDS);
      dieAt(step);
      server.awaitEnd();

      server.startAgain();
      QuickScale quickScale = server.ready();
      load.goOnFor(RUNS_AFTERWARDS);

      assertEverythingAddsUp("died at " + step, quickScale, load.stop());
    }
  }

  @Test
  void aServerThatDiesBetweenAnInnerRunAndTheEndOfItsOuterOneChargesNothing() throws Exception {
    Caller user = server.ready().newUser(10);
    user.run("nesting", QuickScale.object("milliseconds", 20)).expect(200);
    assertThat(user.available()).isEqualTo("7.8");
    dieAt(CrashPoint.INNER_RUN_PAID);

    assertThatThrownBy(() -> user.run("nesting", QuickScale.object("milliseconds", 20)))
        .isInstanceOf(NoAnswer.class);
    server.awaitEnd();
    server.startAgain();
    QuickScale quickScale = server.ready();

    Eventually.holds(() -> assertThat(user.on(quickScale).available()).isEqualTo("7.8"));
    new Books(database::connect, accounts).assertNothingIsOpen();
    quickScale.assertLedgerIsConsistent();
  }

  @Test
  void aServerKilledInTheMiddleOfABatchChargesWhatHadEndedAndGivesTheRestBack() throws Exception {
    Caller user = server.ready().newUser(1000);
    Caller request = user.with("Idempotency-Key", "a-batch");
    CompletableFuture<Reply> asked = CompletableFuture.supplyAsync(() -> batch(request));
    Eventually.holds(
        () -> {
          assertThat(asked).as("answered already").isNotDone();
          assertThat(ended(user)).isPositive();
        });

    server.kill();
    assertThat(asked).failsWithin(BOUND).withThrowableThat().withCauseInstanceOf(NoAnswer.class);
    server.startAgain();
    Caller again = user.on(server.ready());

    Eventually.holds(() -> assertThat(again.held()).isEqualTo("0"));
    long ended = ended(user);
    assertThat(ended).isBetween(1L, ITEMS - 1L);
    assertThat(Double.parseDouble(again.available()))
        .isEqualTo(1000 - ended * STEADY_PRICE, within(1e-9));
    assertThat(batch(request.on(server.ready())).status())
        .as("the same batch again")
        .isEqualTo(409);
    assertThat(ended(user)).isEqualTo(ended);
    server.ready().assertLedgerIsConsistent();
    // Its key stays claimed, which is right in this story alone.
    database.execute("delete from idempotency_record where idem_key = 'a-batch'");
  }

  private static Reply batch(Caller caller) {
    JsonArrayBuilder items = Json.createArrayBuilder();
    for (int i = 0; i < ITEMS; i++) {
      items.add(QuickScale.object("milliseconds", 100));
    }
    return caller.post(
        "/api/v1/services/steady/batch", Json.createObjectBuilder().add("items", items).build());
  }

  private static long ended(Caller user) throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from service_usage where status = 'SUCCEEDED' and user_id in (%s)"
                    .formatted(Books.ids(List.of(user))))) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @ParameterizedTest
  @MethodSource("databaseStops")
  void aDatabaseThatStopsIsMissedClearlyAndFoundAgainWithoutARestart(int stop) throws Exception {
    QuickScale quickScale = server.ready();
    try (Load load = Load.on(accounts)) {
      load.goOnFor(random.nextInt(1000));
      database.stopAtOnce();
      Caller somebody = accounts.get(0);
      Eventually.holds(
          () -> somebody.get("/api/v1/credits").expectProblem(503, "service_unavailable"));
      pauseUpToMillis(6000);

      database.startAgain();
      load.goOnFor(RUNS_AFTERWARDS);

      Tally tally = load.stop();
      assertEverythingAddsUp("database stopped", quickScale, tally);
      assertThat(tally.foreign()).as("answers that are not the application's").isZero();
    }
    assertSweeperIsAlive();
    assertPricesAreStillRefreshed(quickScale, stop);
  }

  /** Packets are dropped: nothing is closed and nothing refused, neither now nor ever. */
  @Test
  void aDatabaseThatFallsSilentHoldsNobodyUpAndNothingIsChargedTwice() throws Exception {
    QuickScale quickScale = server.ready();
    try (Load load = Load.on(accounts)) {
      load.goOnFor(RUNS_AFTERWARDS);
      wayToDatabase.fallSilent();
      Eventually.holds(() -> assertThat(server.isReady()).as("ready").isFalse());
      // Until nobody waits any more who asked before it was known.
      Eventually.holds(() -> assertThat(load.tally().longestWait()).isGreaterThan(MAX_WAIT));
      Eventually.stays(MAX_WAIT, () -> assertThat(server.isReady()).as("ready").isFalse());

      wayToDatabase.speak();
      load.goOnFor(RUNS_AFTERWARDS);

      Tally tally = load.stop();
      assertEverythingAddsUp("database silent", quickScale, tally);
      assertThat(tally.longestWait()).isLessThan(BOUND);
      assertThat(tally.kinds()).as("answers").contains("503").doesNotContain("none");
    } finally {
      wayToDatabase.speak();
    }
    server.ready();
  }

  @Test
  void anAccountThatSomebodyHasLockedIsRefusedAloneAndItsNeighboursGoOn() throws Exception {
    QuickScale quickScale = server.ready();
    Caller owner = accounts.get(0);
    try (Connection outside = database.connect();
        Load neighbours = Load.on(accounts.subList(1, ACCOUNTS))) {
      neighbours.goOnFor(RUNS_AFTERWARDS);
      lockGrants(outside, owner);
      try (Load refused = Load.on(List.of(owner))) {
        Eventually.holds(() -> assertThat(refused.tally().kinds()).containsExactly("503"));
        neighbours.goOnFor(RUNS_UNDER_LOCK);
        Reply reply = owner.run("steady", QuickScale.object("milliseconds", 1));
        reply.expectProblem(503, "service_unavailable");
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(refused.tally().kinds()).containsExactly("503");

        outside.rollback();
        refused.goOnFor(RUNS_AFTERWARDS);

        ALL_PURCHASES.addAll(refused.stop().purchases());
      }
      Tally tally = neighbours.stop();
      assertThat(tally.kinds()).as("answers to neighbours").containsExactly("200");
      assertEverythingAddsUp("an account locked", quickScale, tally);
    }
  }

  private static void lockGrants(Connection connection, Caller owner) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute(
          "select id from credit_grant where account_id ="
              + " (select account_id from app_user where id = %s) for update"
                  .formatted(Books.ids(List.of(owner))));
    }
  }

  private static void assertEverythingAddsUp(String what, QuickScale quickScale, Tally tally)
      throws Exception {
    ALL_PURCHASES.addAll(tally.purchases());
    Books books = new Books(database::connect, accounts);
    Eventually.holds(books::assertNothingIsOpen);
    books.assertExactly(ALL_PURCHASES);
    quickScale.assertLedgerIsConsistent();
    assertThat(tally.unclear()).as("answers that do not say what is wrong").isEmpty();
    report(what, tally, books);
  }

  private static void report(String what, Tally tally, Books books) throws SQLException {
    long micros = tally.purchases().stream().mapToLong(Purchase::micros).sum();
    System.out.printf(
        "chaos: %s: %d runs bought and charged once for %.2f credits; asked %d times: %s; %d runs"
            + " abandoned so far%n",
        what, tally.purchases().size(), micros / 1e6, tally.count(), tally, books.abandoned());
  }

  /** The server may be gone before it can say that it will. */
  private static void dieAt(CrashPoint step) {
    try {
      server.ready().admin().post("/api/v1/test/crash?at=" + step, QuickScale.object()).expect(204);
    } catch (NoAnswer gone) {
      assertThat(gone).hasMessageContaining("/test/crash");
    }
  }

  private static void assertSweeperIsAlive() throws SQLException {
    Books books = new Books(database::connect, accounts);
    long before = books.abandoned();
    database.execute(OVERDUE_RUN);

    Eventually.holds(() -> assertThat(books.abandoned()).isEqualTo(before + 1));
  }

  private static void assertPricesAreStillRefreshed(QuickScale quickScale, int stop)
      throws SQLException {
    String price = String.valueOf(10 + stop);
    database.execute(
        "update service_definition set credit_cost_micros = %s000000 where name = 'sentiment_analysis'"
            .formatted(price));

    Eventually.holds(
        Duration.ofSeconds(5),
        () ->
            assertThat(
                    quickScale
                        .anybody()
                        .get("/api/v1/services/sentiment_analysis")
                        .expect(200)
                        .number("credit_cost"))
                .isEqualTo(price));
  }

  private void pauseUpToMillis(int millis) {
    Instant end = Instant.now().plusMillis(random.nextInt(millis));
    while (Instant.now().isBefore(end)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static Caller rich(QuickScale quickScale) {
    Caller user = quickScale.newUser(100);
    quickScale.grant(user, "promotional", 50);
    quickScale.grant(user, "subscription", 10_000_000);
    return user;
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(database.settings(urlOnTheWay()));
    settings.put("QUICKSCALE_LEDGER_MAX_WAIT", MAX_WAIT.toString());
    settings.put("QUICKSCALE_RUN_DEADLINE", "5");
    settings.put("QUICKSCALE_BOOTSTRAP_ADMIN_KEY", QuickScale.ADMIN_KEY);
    return settings;
  }

  private static String urlOnTheWay() {
    return "jdbc:postgresql://localhost:%d/postgres?socketTimeout=5&connectTimeout=3&tcpKeepAlive=true"
        .formatted(wayToDatabase.port());
  }

  private static WebArchive application() {
    return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
        .importFrom(new File(System.getProperty("quickscale.test.war")))
        .as(WebArchive.class)
        .addPackage(CrashPoint.class.getPackage());
  }
}
