package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * MicroProfile Fault Tolerance on a service's method. The services count in hours or microseconds,
 * so that a server that forgets a unit waits for hours or not at all.
 */
interface FaultToleranceBehaviour {
  QuickScale quickScale();

  @Test
  default void retriesAreAttemptsOfOneRunAndOneCharge() {
    var user = quickScale().newUser(10);

    Reply reply = user.run("flaky", object("failures", 2, "invalid", false)).expect(200);

    assertThat(reply.json().getJsonObject("result").getInt("attempt")).isEqualTo(3);
    var usage = user.get("/api/v1/usage/" + reply.text("usage_id")).expect(200).json();
    assertThat(usage.getInt("attempts")).isEqualTo(3);
    assertThat(user.available()).isEqualTo("9");
    assertThat(user.usageCount()).isEqualTo(1);
  }

  @Test
  default void retriesGoOnForAsLongAsTheirUnitSays() {
    var user = quickScale().newUser(10);

    user.run("brief", object("millis", 50)).expect(200);

    assertThat(user.available()).isEqualTo("9");
  }

  @Test
  default void retriesThatRunOutAreAFailureThatCostsNothing() {
    var user = quickScale().newUser(10);

    Reply failed =
        user.run("flaky", object("failures", 9, "invalid", false))
            .expectProblem(500, "service_failed");

    var usage = user.get("/api/v1/usage/" + failed.text("usage_id")).expect(200).json();
    assertThat(usage.getInt("attempts")).isEqualTo(4);
    assertThat(user.available()).isEqualTo("10");
  }

  @Test
  default void anInvalidInputIsNotTriedAgain() {
    var user = quickScale().newUser(10);

    user.run("flaky", object("failures", 0, "invalid", true)).expectProblem(400, "invalid_input");

    var usage = user.get("/api/v1/usage").items().getJsonObject(0);
    assertThat(usage.getInt("attempts")).isEqualTo(1);
    assertThat(usage.getString("error_code")).isEqualTo("invalid_input");
  }

  @Test
  default void aRunOverItsTimeoutIsATimeoutThatCostsNothing() {
    var user = quickScale().newUser(10);

    user.run("slow", object("millis", 1)).expect(200);
    user.run("slow", object("millis", 20_000)).expectProblem(504, "service_timeout");

    assertThat(user.available()).isEqualTo("9");
  }

  @Test
  default void configurationOverridesATimeout() {
    var user = quickScale().newUser(10);

    user.run("patient", object("millis", 20_000)).expectProblem(504, "service_timeout");
    assertThat(user.available()).isEqualTo("10");
  }

  /**
   * Payara reads Fault Tolerance's configuration once a minute; once in a build is enough. WildFly
   * reads it when the application is deployed. Set by the first test and seen by the last one, so
   * that nobody waits for the minute.
   */
  @Test
  @Order(1)
  @DisabledIfSystemProperty(named = "quickscale.test.database", matches = "postgresql")
  @DisabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
  default void aRetryIsSwitchedOffInTheConfiguration() {
    var user = quickScale().newUser(100);
    user.run("fickle", object("failures", 1, "invalid", false)).expect(200);

    configure("io.quickscale.system.fixture.FickleService/executeService/Retry/maxRetries", "0");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @DisabledIfSystemProperty(named = "quickscale.test.database", matches = "postgresql")
  @DisabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
  default void aRetryThatWasSwitchedOffInTheConfigurationIsOffWithoutARedeployment() {
    var user = quickScale().newUser(100);

    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(3))
        .until(() -> user.run("fickle", object("failures", 1, "invalid", false)).status() == 500);
  }

  /** A system property goes before the environment; Payara looks again once a minute. */
  @Test
  default void aKeyThatChangesInTheConfigurationCountsWithoutARedeployment() {
    var user = quickScale().newUser(100);
    assertThat(setting(user, "api-key")).isEqualTo("key-of-all");
    assertThat(setting(user, "nothing")).isEqualTo("none");

    configure("quickscale.service.configured.api-key", "key-of-its-own");

    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> setting(user, "api-key").equals("key-of-its-own"));
  }

  private void configure(String name, String value) {
    quickScale()
        .admin()
        .post("/api/v1/test/property?value=" + value + "&name=" + name, object())
        .expect(204);
  }

  private static String setting(QuickScale.Caller user, String name) {
    return user.run("configured", object("name", name))
        .expect(200)
        .json()
        .getJsonObject("result")
        .getString("value");
  }

  @Test
  default void aBulkheadKeepsTheThirdRunOutAndItCostsNothing() throws Exception {
    var user = quickScale().newUser(100);
    var one = new AtOnce<>(() -> user.run("gate", object("note", "one")));
    var two = new AtOnce<>(() -> user.run("gate", object("note", "two")));
    Eventually.holds(
        () ->
            assertThat(quickScale().admin().get("/api/v1/test/gate/waiting").body())
                .isEqualTo("2"));

    Reply third =
        user.run("gate", object("note", "three")).expectProblem(503, "service_unavailable");
    quickScale().admin().post("/api/v1/test/gate/open", object()).expect(204);

    assertThat(third.header("Retry-After")).isPresent();
    one.result().expect(200);
    two.result().expect(200);
    assertThat(user.available()).isEqualTo("94");
  }

  @Test
  default void anOpenCircuitBreakerRefusesAndCostsNothingAndInvalidInputDoesNotOpenIt() {
    var user = quickScale().newUser(10);
    for (int i = 0; i < 6; i++) {
      user.run("breaker", object("outcome", "invalid")).expectProblem(400, "invalid_input");
    }
    user.run("breaker", object("outcome", "fine")).expect(200);
    for (int i = 0; i < 4; i++) {
      user.run("breaker", object("outcome", "failure")).expectProblem(500, "service_failed");
    }

    user.run("breaker", object("outcome", "fine")).expectProblem(503, "service_unavailable");

    assertThat(user.get("/api/v1/usage").items().getJsonObject(0).getInt("attempts")).isZero();
    assertThat(user.available()).isEqualTo("9");
  }

  @Test
  default void aFallbackIsAResultLikeAnyOther() {
    var user = quickScale().newUser(10);

    Reply reply = user.run("fallback", object("text", "this")).expect(200);

    assertThat(reply.json().getJsonObject("result").getString("text")).isEqualTo("instead of this");
    assertThat(user.available()).isEqualTo("9");
  }
}
