package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.system.SpanCollector.Collected;
import io.quickscale.system.fixture.OutcomeService;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a server that traces, and logs JSON, tells of requests: to a collector, in logs and in
 * problems.
 */
@EnabledIfSystemProperty(named = "quickscale.test.processes", matches = "true")
class TracingIT {
  private static final String CALLERS_SPAN = "b7ad6b7169203331";
  private static final String SECRET_INPUT = "my secret input";

  @TempDir static Path folder;

  private static SpanCollector collector;
  private static ServerProcess server;
  private static QuickScale quickScale;
  private static QuickScale.Caller user;

  @BeforeAll
  static void start() throws IOException {
    collector = SpanCollector.start();
    Map<String, String> settings = new HashMap<>(ServerProcess.embeddedDatabase(folder));
    settings.putAll(collector.settings());
    settings.put("QUICKSCALE_BOOTSTRAP_ADMIN_KEY", QuickScale.ADMIN_KEY);
    server = ServerProcess.start(application(), folder, settings);
    quickScale = server.ready();
    user = quickScale.newUser(200);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    collector.close();
  }

  @Test
  void aRunIsHoldExecuteAndSettleInsideTheServersSpanInTheCallersTrace() {
    String trace = newTraceId();

    String usageId =
        in(trace).run("outcome", object("outcome", SECRET_INPUT)).expect(200).text("usage_id");

    Collected request = span(trace, "POST");
    assertThat(request.parentId()).isEqualTo(CALLERS_SPAN);
    for (String step : List.of("hold", "execute", "settle")) {
      Collected span = span(trace, step);
      assertThat(span.parentId()).as(step).isEqualTo(request.id());
      assertThat(span.attributes())
          .as(step)
          .isEqualTo(
              Map.of(
                  "quickscale.service",
                  "outcome",
                  "quickscale.usage_id",
                  usageId,
                  "user.id",
                  user.id()));
      assertThat(span.failed()).as(step).isFalse();
    }
  }

  @Test
  void aServiceThatFailsIsAFailedStepAndItsHoldIsReleased() {
    String trace = newTraceId();

    in(trace).run("outcome", object("outcome", "failure")).expectProblem(500, "service_failed");

    Collected execute = span(trace, "execute");
    assertThat(execute.failed()).isTrue();
    assertThat(execute.attributes()).containsEntry("error.type", "service_failed");
    assertThat(execute.whole())
        .contains("java.lang.IllegalStateException")
        .doesNotContain("secret inside");
    assertThat(span(trace, "release").failed()).isFalse();
  }

  @Test
  void aRunThatCannotBePaidIsAFailedHold() {
    String trace = newTraceId();
    var poor = quickScale.newUser(1).with("traceparent", traceparent(trace));

    poor.run("outcome", object("outcome", "fine")).expectProblem(402, "insufficient_credits");

    Collected hold = span(trace, "hold");
    assertThat(hold.failed()).isTrue();
    assertThat(hold.attributes()).containsEntry("error.type", "insufficient_credits");
  }

  @Test
  void noSpanOfOursHasAnInputOrAKey() {
    String trace = newTraceId();

    in(trace).run("outcome", object("outcome", SECRET_INPUT)).expect(200);

    span(trace, "POST");
    assertThat(collector.trace(trace))
        .hasSize(4)
        .allSatisfy(span -> assertThat(span.whole()).doesNotContain(SECRET_INPUT, user.key()));
  }

  @Test
  void aProblemNamesItsTrace() {
    String trace = newTraceId();

    assertThat(
            in(trace).run("outcome", object()).expectProblem(400, "invalid_input").text("trace_id"))
        .isEqualTo(trace);
    assertThat(
            in(trace)
                .run("outcome", object("outcome", "unavailable"))
                .expectProblem(503, "service_unavailable")
                .text("trace_id"))
        .isEqualTo(trace);
    assertThat(
            quickScale
                .anybody()
                .with("traceparent", traceparent(trace))
                .get("/api/v1/me")
                .expectProblem(401, "unauthenticated")
                .text("trace_id"))
        .isEqualTo(trace);
  }

  @Test
  void aReplayedProblemIsTheFirstByteForByteItsTraceIncluded() {
    var first = in(newTraceId()).with("Idempotency-Key", "trace-1");
    Reply answer = first.run("outcome", object("outcome", "unavailable")).expect(503);

    Reply replay =
        in(newTraceId())
            .with("Idempotency-Key", "trace-1")
            .run("outcome", object("outcome", "unavailable"))
            .expect(503);

    assertThat(replay.body()).isEqualTo(answer.body());
  }

  @Test
  void theLogIsJsonWithTheRunTheUserTheRequestAndTheTraceOfEachLine() {
    String trace = newTraceId();
    String usageId =
        in(trace)
            .with("X-Request-Id", "order-4711")
            .run("outcome", object("outcome", SECRET_INPUT))
            .expect(200)
            .text("usage_id");

    JsonObject line = logLineOf(usageId);
    assertThat(line.getString("Level")).isEqualTo("INFO");
    assertThat(line.getString("LoggerName")).isEqualTo("io.quickscale.run.RunReport");
    // WildFly has them in an object of their own.
    JsonObject facts = line.containsKey("mdc") ? line.getJsonObject("mdc") : line;
    assertThat(facts.getString("usage_id")).isEqualTo(usageId);
    assertThat(facts.getString("user_id")).isEqualTo(user.id());
    assertThat(facts.getString("service")).isEqualTo("outcome");
    assertThat(facts.getString("correlation_id")).isEqualTo("order-4711");
    assertThat(facts.getString("trace_id")).isEqualTo(trace);
    assertThat(line).containsKeys("Timestamp", "LogMessage");
    assertThat(server.log()).doesNotContain(SECRET_INPUT, user.key());
  }

  @Test
  void theLogLineOfAFailureHasItsTraceToo() {
    String trace = newTraceId();
    String usageId =
        in(trace)
            .run("outcome", object("outcome", "failure"))
            .expectProblem(500, "service_failed")
            .text("usage_id");

    assertThat(server.log().lines().filter(line -> line.contains(usageId)))
        .hasSize(2)
        .allMatch(line -> line.contains("\"trace_id\":\"" + trace + "\""));
  }

  private static QuickScale.Caller in(String trace) {
    return user.with("traceparent", traceparent(trace));
  }

  private static String traceparent(String trace) {
    return "00-" + trace + "-" + CALLERS_SPAN + "-01";
  }

  private static String newTraceId() {
    byte[] id = new byte[16];
    ThreadLocalRandom.current().nextBytes(id);
    id[0] |= 1;
    return HexFormat.of().formatHex(id);
  }

  /** The span of a trace whose name begins so, once it has arrived. */
  private static Collected span(String trace, String name) {
    Eventually.holds(
        () -> assertThat(collector.trace(trace)).anyMatch(span -> span.name().startsWith(name)));
    return collector.trace(trace).stream()
        .filter(span -> span.name().startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject logLineOf(String usageId) {
    String line = server.log().lines().filter(l -> l.contains(usageId)).findFirst().orElseThrow();
    try (var reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  private static WebArchive application() {
    return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
        .importFrom(new File(System.getProperty("quickscale.test.war")))
        .as(WebArchive.class)
        .addClasses(OutcomeService.class, OutcomeService.Input.class, OutcomeService.Output.class);
  }
}
