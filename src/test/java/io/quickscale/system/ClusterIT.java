package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.system.QuickScale.Caller;
import io.quickscale.system.fixture.OutcomeService;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that know nothing of each other but their database behave as one. */
@EnabledIfSystemProperty(named = "quickscale.test.processes", matches = "true")
class ClusterIT {
  private static final Duration PROMISE = Duration.ofSeconds(5);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static DurablePostgreSql database;
  private static ServerProcess oneServer;
  private static ServerProcess otherServer;
  private static QuickScale one;
  private static QuickScale other;

  /** Both at once, on an empty database: who comes first makes the schema and the first users. */
  @BeforeAll
  static void start() throws IOException {
    database = DurablePostgreSql.start(folder.resolve("postgresql"));
    oneServer = ServerProcess.start(application(), folder.resolve("one"), settings());
    otherServer = ServerProcess.start(application(), folder.resolve("other"), settings());
    one = oneServer.ready();
    other = otherServer.ready();
  }

  @AfterAll
  static void stop() throws IOException {
    for (ServerProcess server : new ServerProcess[] {oneServer, otherServer}) {
      if (server != null) {
        server.close();
      }
    }
    if (database != null) {
      database.close();
    }
  }

  @Test
  void twoThousandRunsOverBothOnFiveHundredCreditsAreFiveHundredRuns() throws Exception {
    Caller user = one.newUser(500);
    Turns turns = new Turns(user);

    List<Reply> replies =
        AtOnce.times(
            2000,
            64,
            () -> turns.next().run("sentiment_analysis", object("text", "What a good day!")));

    Map<Integer, Long> byStatus =
        replies.stream().collect(Collectors.groupingBy(Reply::status, Collectors.counting()));
    assertThat(byStatus).isEqualTo(Map.of(200, 500L, 402, 1500L));
    assertThat(user.available()).isEqualTo("0");
    assertThat(user.usageCount()).isEqualTo(500);
    one.assertLedgerIsConsistent();
  }

  @Test
  void fiftyEqualRequestsOverBothAreOneRun() throws Exception {
    Caller user = one.newUser(1000);
    Turns turns = new Turns(user.with("Idempotency-Key", "one-click"));

    List<Reply> replies =
        AtOnce.times(50, 50, () -> turns.next().run("outcome", object("outcome", "fine")));

    assertThat(replies).extracting(Reply::status).contains(200).isSubsetOf(200, 409);
    assertThat(replies)
        .filteredOn(reply -> reply.status() == 200)
        .extracting(Reply::body)
        .containsOnly(turns.next().run("outcome", object("outcome", "fine")).body());
    replies.stream()
        .filter(reply -> reply.status() == 409)
        .forEach(reply -> reply.expectProblem(409, "request_in_progress"));
    assertThat(user.available()).isEqualTo("980");
    assertThat(user.usageCount()).isEqualTo(1);
    one.assertLedgerIsConsistent();
  }

  @Test
  void aServiceDeactivatedOnOneIsInactiveOnTheOtherInFiveSeconds() {
    Caller user = other.newUser(100);
    user.run("free_echo", object("text", "?")).expect(200);

    setActive(one, false);
    Eventually.holds(
        PROMISE,
        () -> user.run("free_echo", object("text", "?")).expectProblem(503, "service_inactive"));

    setActive(other, true);
    Eventually.holds(PROMISE, () -> user.on(one).run("free_echo", object("text", "!")).expect(200));
  }

  @Test
  void aKeyRevokedOnOneIsRefusedByTheOtherInFiveSeconds() {
    Caller user = one.newUser();
    user.on(other).get("/api/v1/me").expect(200);

    JsonObject key = user.get("/api/v1/api-keys").expect(200).items().getJsonObject(0);
    user.delete("/api/v1/api-keys/" + key.getString("id")).expect(204);

    Eventually.holds(
        PROMISE, () -> user.on(other).get("/api/v1/me").expectProblem(401, "unauthenticated"));
  }

  private static void setActive(QuickScale node, boolean active) {
    node.admin().put("/api/v1/admin/services/free_echo", object("active", active)).expect(200);
  }

  /** A user whose requests go to one node and the other in turn. */
  private static final class Turns {
    private final AtomicInteger turn = new AtomicInteger();
    private final Caller user;

    Turns(Caller user) {
      this.user = user;
    }

    Caller next() {
      return user.on(turn.getAndIncrement() % 2 == 0 ? one : other);
    }
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(database.settings());
    settings.put("QUICKSCALE_BOOTSTRAP_ADMIN_KEY", QuickScale.ADMIN_KEY);
    return settings;
  }

  private static WebArchive application() {
    return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
        .importFrom(new File(System.getProperty("quickscale.test.war")))
        .as(WebArchive.class)
        .addPackage(OutcomeService.class.getPackage());
  }
}
