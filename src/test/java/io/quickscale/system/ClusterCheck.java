package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.platform.Ids;
import io.quickscale.system.QuickScale.Caller;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What {@code ./scripts/cluster check} proves of the cluster that is up: its nodes are one to
 * everybody outside, and one of them can die or be restarted while customers buy.
 */
@EnabledIfEnvironmentVariable(named = "QUICKSCALE_CLUSTER_URL", matches = ".+")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterCheck {
  private static final Duration PROMISE = Duration.ofSeconds(5);
  private static final Duration TWO_SWEEPS = Duration.ofSeconds(21);
  private static final int CUSTOMERS = 3;
  private static final int RUNS = 300;
  private static final int OVERDUE = 20;

  /** Free runs that some node began and never ended. */
  private static final String OVERDUE_RUNS =
      """
      insert into run_open (id, order_id, account_id, user_id, service, price_micros, shares,
             correlation_id, started_at, deadline)
      select last.id + number, last.id + number, account_id, user_id, service, 0, '', 'overdue',
             started_at, now() - interval '1 second'
        from (select * from service_usage order by id desc limit 1) last,
             generate_series(1, %d) number
      returning id
      """;

  private static RunningCluster cluster;
  private static List<Caller> customers;
  private static final List<Purchase> ALL_PURCHASES = new ArrayList<>();

  @BeforeAll
  static void findTheCluster() {
    cluster = new RunningCluster();
    customers = Stream.generate(cluster::customer).limit(CUSTOMERS).toList();
  }

  @Test
  @Order(1)
  void aRunAnsweredByOneNodeIsReplayedByAllOthers() {
    String key = UUID.randomUUID().toString();
    Caller customer = customers.get(0).with("Idempotency-Key", key).with("X-Request-Id", key);

    List<Reply> replies =
        cluster.nodes().stream().map(node -> run(customer.on(node)).expect(200)).toList();

    assertThat(replies).extracting(Reply::body).containsOnly(replies.get(0).body());
    assertThat(replies.subList(1, replies.size()))
        .allSatisfy(reply -> assertThat(reply.header("Idempotent-Replayed")).contains("true"));
    ALL_PURCHASES.add(Purchase.of(key, replies.get(0)));
    report("one run asked of each node with one key: charged once, answered everywhere alike");
  }

  @Test
  @Order(2)
  void allNodesTakeTheirShare() throws Exception {
    List<Long> before = cluster.succeeded();
    try (Load load = Load.on(customers, Offer.SENTIMENT)) {
      load.goOnFor(RUNS);
      assertEverythingAddsUp("without a disturbance", load.stop());
    }
    List<Long> after = cluster.succeeded();

    List<Long> shares =
        IntStream.range(0, after.size()).mapToObj(i -> after.get(i) - before.get(i)).toList();
    assertThat(shares).as("runs by node").allMatch(runs -> runs > 0);
    report("the nodes' shares of them: %s", shares);
  }

  @Test
  @Order(3)
  void aServiceSwitchedOffOnOneNodeIsOffOnAllInFiveSeconds() {
    setActive(cluster.nodes().get(0), false);
    try {
      long millis =
          untilAll(node -> noted(node).expectProblem(503, "service_inactive"), cluster.nodes());
      report("a service switched off on node 1 was off on all after %d ms", millis);
    } finally {
      setActive(cluster.nodes().get(0), true);
    }
    untilAll(node -> noted(node).expect(200), cluster.nodes());
  }

  @Test
  @Order(4)
  void aKeyRevokedOnOneNodeIsRefusedByAllInFiveSeconds() {
    Caller user = cluster.all().newUser();
    cluster.nodes().forEach(node -> user.on(node).get("/api/v1/me").expect(200));
    JsonObject key = user.get("/api/v1/api-keys").expect(200).items().getJsonObject(0);

    user.on(cluster.nodes().get(1)).delete("/api/v1/api-keys/" + key.getString("id")).expect(204);

    long millis =
        untilAll(
            node -> user.on(node).get("/api/v1/me").expectProblem(401, "unauthenticated"),
            cluster.nodes());
    report("a key revoked on node 2 was refused by all after %d ms", millis);
  }

  @Test
  @Order(5)
  void creditsThatExpireAreWrittenOffOnceAlthoughEveryNodeLooks() throws Exception {
    List<Caller> holders = Stream.generate(() -> cluster.all().newUser()).limit(10).toList();
    holders.forEach(holder -> cluster.all().grant(holder, "promotional", 7, soon()));
    String writtenOff =
        """
        select count(*) from credit_transaction t join app_user u on u.account_id = t.account_id
         where t.kind = 'EXPIRY' and t.amount_micros = -7000000 and u.id in (%s)
        """
            .formatted(Books.ids(holders));

    Eventually.holds(() -> assertThat(books().count(writtenOff)).isEqualTo(holders.size()));
    Eventually.stays(
        TWO_SWEEPS, () -> assertThat(books().count(writtenOff)).isEqualTo(holders.size()));
    report("%d expired grants: written off once each", holders.size());
  }

  @Test
  @Order(6)
  void runsPastTheirDeadlineAreGivenUpOnceAlthoughEveryNodeLooks() throws Exception {
    List<Long> overdue = insertOverdueRuns();

    Eventually.holds(() -> assertThat(abandoned(overdue)).isEqualTo(OVERDUE));
    Eventually.stays(TWO_SWEEPS, () -> assertThat(abandoned(overdue)).isEqualTo(OVERDUE));

    List<Long> byNode = new ArrayList<>();
    for (long id : overdue) {
      List<Long> counts = cluster.logged("run abandoned usage_id=" + Ids.format(id));
      assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
      byNode.add(counts.indexOf(1L) + 1L);
    }
    report(
        "%d runs past their deadline: given up once each, by node %s",
        OVERDUE, byNode.stream().collect(Collectors.groupingBy(n -> n, Collectors.counting())));
  }

  @Test
  @Order(7)
  void aNodeKilledUnderLoadLosesNoRunAndChargesNoneTwice() throws Exception {
    String node = String.valueOf(1 + new Random().nextInt(cluster.nodes().size()));
    try (Load load = Load.on(customers, Offer.SENTIMENT)) {
      load.goOnFor(RUNS);
      cluster.script("kill", node);
      load.goOnFor(RUNS);
      cluster.script("start", node);
      load.goOnFor(RUNS);

      assertEverythingAddsUp("node " + node + " killed and started again", load.stop());
    }
  }

  @Test
  @Order(8)
  void allNodesAreRestartedInTurnWithoutAFailedRequest() throws Exception {
    try (Load load = Load.on(customers, Offer.SENTIMENT)) {
      load.goOnFor(RUNS);
      cluster.script("roll");
      load.goOnFor(RUNS);

      Tally tally = load.stop();
      assertEverythingAddsUp("all nodes restarted in turn", tally);
      assertThat(tally.kinds()).as("answers: " + tally).containsExactly("200");
    }
  }

  private static void assertEverythingAddsUp(String what, Tally tally) throws SQLException {
    ALL_PURCHASES.addAll(tally.purchases());
    Eventually.holds(books()::assertNothingIsOpen);
    books().assertExactly(ALL_PURCHASES);
    cluster.all().assertLedgerIsConsistent();
    assertThat(tally.unclear()).as("answers that do not say what is wrong").isEmpty();
    report(
        "%s: %d runs bought and charged once; asked %d times: %s",
        what, tally.purchases().size(), tally.count(), tally);
  }

  private static Books books() {
    return new Books(cluster::connect, customers);
  }

  private static Reply run(Caller customer) {
    return customer.run(Offer.SENTIMENT.service(), Offer.SENTIMENT.input().get());
  }

  /** A run past the balancer, noted as a purchase if it is one. */
  private static Reply noted(QuickScale node) {
    String key = UUID.randomUUID().toString();
    Reply reply = run(customers.get(0).on(node).with("X-Request-Id", key));
    if (reply.status() == 200) {
      ALL_PURCHASES.add(Purchase.of(key, reply));
    }
    return reply;
  }

  private static void setActive(QuickScale node, boolean active) {
    String action = active ? "activate" : "deactivate";
    node.admin()
        .post("/api/v1/admin/services/" + Offer.SENTIMENT.service() + "/" + action, object())
        .expect(200);
  }

  /** Milliseconds until every node has been seen to answer so, each in its time. */
  private static long untilAll(Consumer<QuickScale> assertion, List<QuickScale> nodes) {
    Instant start = Instant.now();
    Collection<QuickScale> open = new ArrayList<>(nodes);
    Eventually.holds(
        PROMISE,
        () -> {
          for (QuickScale node : List.copyOf(open)) {
            assertion.accept(node);
            open.remove(node);
          }
        });
    return Duration.between(start, Instant.now()).toMillis();
  }

  private static String soon() {
    return Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static List<Long> insertOverdueRuns() throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = cluster.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(OVERDUE_RUNS.formatted(OVERDUE))) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  private static long abandoned(List<Long> runs) throws SQLException {
    String ids = runs.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return books()
        .count(
            "select count(*) from service_usage where status = 'ABANDONED' and id in ("
                + ids
                + ")");
  }

  private static void report(String format, Object... figures) {
    System.out.printf("cluster: " + format + "%n", figures);
  }
}
