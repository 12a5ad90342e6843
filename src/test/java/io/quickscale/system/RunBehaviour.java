package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The road of one run: what it answers, what it costs, what it leaves behind. */
interface RunBehaviour {
  QuickScale quickScale();

  @Test
  default void aRunAnswersWithItsResultItsCostAndItsReceipt() {
    var user = quickScale().newUser();
    String grant = quickScale().grant(user, "pay_as_you_go", 5);

    Reply reply =
        user.run("sentiment_analysis", object("text", "This is wonderful, I love it!")).expect(200);

    assertThat(reply.json().getBoolean("success")).isTrue();
    assertThat(reply.text("service")).isEqualTo("sentiment_analysis");
    assertThat(reply.json().getJsonObject("result").getString("label")).isEqualTo("positive");
    assertThat(reply.number("credits_consumed")).isEqualTo("1");
    assertThat(reply.number("credits_remaining")).isEqualTo("4");
    assertThat(reply.json().getJsonObject("receipt").getJsonArray("paid_from"))
        .singleElement()
        .satisfies(part -> assertThat(part.asJsonObject().getString("grant_id")).isEqualTo(grant));
    JsonObject usage = user.get("/api/v1/usage/" + reply.text("usage_id")).expect(200).json();
    assertThat(usage.getString("status")).isEqualTo("succeeded");
    assertThat(usage.getJsonNumber("cost").toString()).isEqualTo("1");
    assertThat(usage.getInt("attempts")).isEqualTo(1);
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void preFlightSaysWhatIsMissing() {
    var user = quickScale().newUser(15);

    JsonObject check = user.get("/api/v1/services/outcome/credits").expect(200).json();

    assertThat(check.getBoolean("has_sufficient_credits")).isFalse();
    assertThat(check.getInt("required_credits")).isEqualTo(20);
    assertThat(check.getInt("available_credits")).isEqualTo(15);
    assertThat(check.getInt("shortfall")).isEqualTo(5);
  }

  @Test
  default void aRunThatIsTooDearIsRefusedWithTheShortfallAndLeavesNoTrace() {
    var user = quickScale().newUser(15);

    Reply refused =
        user.run("outcome", object("outcome", "fine")).expectProblem(402, "insufficient_credits");

    assertThat(refused.number("required_credits")).isEqualTo("20");
    assertThat(refused.number("available_credits")).isEqualTo("15");
    assertThat(refused.number("shortfall")).isEqualTo("5");
    assertThat(user.available()).isEqualTo("15");
    assertThat(user.usageCount()).isZero();
  }

  @Test
  default void subscriptionCreditsPayFirstAndTheReceiptNamesBothGrants() {
    var user = quickScale().newUser();
    String bought = quickScale().grant(user, "pay_as_you_go", 15);
    String subscription = quickScale().grant(user, "subscription", 5);

    Reply reply = user.run("outcome", object("outcome", "fine")).expect(200);

    var paidFrom = reply.json().getJsonObject("receipt").getJsonArray("paid_from");
    assertThat(paidFrom.getJsonObject(0).getString("grant_id")).isEqualTo(subscription);
    assertThat(paidFrom.getJsonObject(0).getInt("credits")).isEqualTo(5);
    assertThat(paidFrom.getJsonObject(1).getString("grant_id")).isEqualTo(bought);
    assertThat(paidFrom.getJsonObject(1).getInt("credits")).isEqualTo(15);
    assertThat(user.available()).isEqualTo("0");
  }

  @Test
  default void aFailedRunGivesBackWhatEachGrantHadSetAside() {
    var user = quickScale().newUser();
    quickScale().grant(user, "pay_as_you_go", 15);
    quickScale().grant(user, "subscription", 5);

    user.run("outcome", object("outcome", "failure")).expectProblem(500, "service_failed");

    JsonObject credits = user.get("/api/v1/credits").expect(200).json();
    assertThat(credits.getInt("subscription_credits")).isEqualTo(5);
    assertThat(credits.getInt("pay_as_you_go_credits")).isEqualTo(15);
    assertThat(credits.getInt("held_credits")).isZero();
  }

  @Test
  default void lastMonthsSubscriptionDoesNotEatThisMonths() {
    var user = quickScale().newUser();
    String end = quickScale().now().plus(Duration.ofDays(30)).toString();
    quickScale().grant(user, "subscription", 100, end);
    for (int i = 0; i < 4; i++) {
      user.run("outcome", object("outcome", "fine")).expect(200);
    }
    quickScale().forwardSeconds(Duration.ofDays(31).toSeconds());

    assertThat(user.available()).isEqualTo("0");
    quickScale()
        .grant(user, "subscription", 100, quickScale().now().plus(Duration.ofDays(30)).toString());

    assertThat(user.available()).isEqualTo("100");
    Eventually.holds(
        () ->
            assertThat(user.get("/api/v1/credits/transactions").expect(200).body())
                .contains("\"expiry\""));
    assertThat(user.available()).isEqualTo("100");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void aFailureShowsNothingOfTheInsideAndHasARecord() {
    var user = quickScale().newUser(100);

    for (String outcome : new String[] {"failure", "error", "null"}) {
      Reply failed =
          user.run("outcome", object("outcome", outcome)).expectProblem(500, "service_failed");

      JsonObject usage = user.get("/api/v1/usage/" + failed.text("usage_id")).expect(200).json();
      assertThat(usage.getString("status")).isEqualTo("failed");
      assertThat(usage.getString("error_code")).isEqualTo("service_failed");
      assertThat(usage.getInt("cost")).isZero();
    }
    assertThat(user.available()).isEqualTo("100");
  }

  @Test
  default void whatAServiceSaysOfItsInputAndItsUpstreamReachesTheCallerAndCostsNothing() {
    var user = quickScale().newUser(20);

    Reply invalid =
        user.run("outcome", object("outcome", "invalid")).expectProblem(400, "invalid_input");
    Reply down =
        user.run("outcome", object("outcome", "unavailable"))
            .expectProblem(503, "service_unavailable");
    Reply nonsense =
        user.run("outcome", object("outcome", "upstream")).expectProblem(502, "upstream_failed");

    assertThat(invalid.text("detail")).isEqualTo("The moon is not full.");
    assertThat(down.text("detail")).isEqualTo("The moon is down.");
    assertThat(down.header("Retry-After")).isPresent();
    assertThat(nonsense.text("detail")).isEqualTo("The moon answered nonsense.");
    assertThat(user.available()).isEqualTo("20");
  }

  @Test
  default void aFailureIsPaidOnlyIfTheOperatorHasSaidSo() {
    var user = quickScale().newUser(10);
    quickScale()
        .admin()
        .put("/api/v1/admin/services/paid_failure", object("failure_policy", "charge_on_failure"))
        .expect(200);

    user.run("paid_failure", object("invalid", false)).expectProblem(500, "service_failed");
    assertThat(user.available()).isEqualTo("8");
    user.run("paid_failure", object("invalid", true)).expectProblem(400, "invalid_input");
    assertThat(user.available()).isEqualTo("8");
  }

  @Test
  default void aFreeServiceNeedsNoCreditsAndIsRecordedAllTheSame() {
    var user = quickScale().newUser();

    Reply reply = user.run("free_echo", object("text", "hello")).expect(200);

    assertThat(reply.number("credits_consumed")).isEqualTo("0");
    assertThat(user.usageCount()).isEqualTo(1);
  }

  @Test
  default void aMeteredRunHoldsTheMostAndPaysWhatTheLastAttemptUsed() {
    var user = quickScale().newUser(11);

    Reply cheap = user.run("metered", metered("tokens", 1_100, 0)).expect(200);
    assertThat(cheap.number("credits_consumed")).isEqualTo("2");
    user.run("metered", metered("tokens", 1_100, 0)).expectProblem(402, "insufficient_credits");
    quickScale().grant(user, "admin", 11);
    Reply retried = user.run("metered", metered("tokens", 2_100, 2)).expect(200);

    assertThat(retried.number("credits_consumed")).isEqualTo("3");
    String units =
        "[{\"unit\":\"tokens\",\"quantity\":2100,\"included\":100,\"maximum\":10000,"
            + "\"credits_per_unit\":0.001,\"credits\":2}]";
    assertThat(retried.json().getJsonArray("units")).hasToString(units);
    quickScale()
        .admin()
        .put("/api/v1/admin/services/metered", object("credit_cost", 5))
        .expect(200);
    JsonObject record = user.get("/api/v1/usage/" + retried.text("usage_id")).expect(200).json();
    assertThat(record.getJsonArray("units")).hasToString(units);
    assertThat(record.getJsonNumber("price")).hasToString("10.9");
    quickScale()
        .admin()
        .put("/api/v1/admin/services/metered", object("credit_cost", 1))
        .expect(200);
    assertThat(user.available()).isEqualTo("17");
    user.run("metered", metered("bananas", 1, 0)).expectProblem(500, "service_failed");
  }

  @Test
  default void javaCallersGoThroughTheSameDoor() {
    var user = quickScale().newUser(45);

    JsonObject ran = java(user, "run", "fine");
    JsonObject check = java(user, "check", "");
    JsonObject consumed = java(user, "consume", "");
    JsonObject refused = java(user, "run", "fine");

    assertThat(ran.getJsonNumber("credits").intValue()).isEqualTo(20);
    assertThat(ran.getString("result")).isEqualTo("fine");
    assertThat(check.getBoolean("sufficient")).isTrue();
    assertThat(consumed.getJsonNumber("credits").intValue()).isEqualTo(20);
    assertThat(refused.getString("result")).isEqualTo("InsufficientCreditsException");
    assertThat(user.available()).isEqualTo("5");
    user.get("/api/v1/usage/" + ran.getString("usage_id")).expect(200);
    user.get("/api/v1/usage/" + consumed.getString("usage_id")).expect(200);
  }

  @Test
  default void aRunIsPaidAlthoughItsJavaCallerRollsBack() {
    var user = quickScale().newUser(20);

    JsonObject ran = java(user, "run-and-roll-back", "fine");

    assertThat(ran.getString("result")).isEqualTo("fine");
    assertThat(user.available()).isEqualTo("0");
    assertThat(user.get("/api/v1/usage/" + ran.getString("usage_id")).text("status"))
        .isEqualTo("succeeded");
  }

  @Test
  default void aJavaCallerLearnsThatThereIsNoSuchService() {
    var user = quickScale().newUser();

    JsonObject answer =
        user.run("java_caller", object("action", "run", "service", "nobody", "outcome", "fine"))
            .expect(200)
            .json()
            .getJsonObject("result");

    assertThat(answer.getString("result")).isEqualTo("ServiceNotFoundException");
  }

  @Test
  default void aJavaCallerCannotGiveAServiceTheInputOfAnother() {
    var user = quickScale().newUser();

    user.run("java_caller", object("action", "run", "service", "data_validator", "outcome", "fine"))
        .expectProblem(500, "service_failed");

    assertThat(user.available()).isEqualTo("0");
  }

  @Test
  default void validatingTouchesNoLedger() {
    var user = quickScale().newUser();

    Reply valid =
        user.post("/api/v1/services/outcome/validate", object("outcome", "fine")).expect(200);
    user.post("/api/v1/services/outcome/validate", object()).expectProblem(400, "invalid_input");

    assertThat(valid.body()).isEqualTo("{\"valid\":true}");
    assertThat(user.usageCount()).isZero();
  }

  @Test
  default void aRunThatOutlivesItsDeadlineIsGivenUpAndChargedNeverTwice() throws Exception {
    var user = quickScale().newUser(3).with("Idempotency-Key", "late");
    var late = new AtOnce<>(() -> user.run("gate", object("note", "late")));
    Eventually.holds(() -> assertThat(waiting()).isEqualTo("1"));
    assertThat(user.available()).isEqualTo("0");

    quickScale().forwardSeconds(3600);
    Eventually.holds(() -> assertThat(user.available()).isEqualTo("3"));
    String usage = user.get("/api/v1/usage").items().getJsonObject(0).getString("status");
    quickScale().admin().post("/api/v1/test/gate/open", object()).expect(204);

    assertThat(usage).isEqualTo("abandoned");
    late.result().expectProblem(504, "service_timeout");
    assertThat(user.available()).isEqualTo("3");
    quickScale().assertLedgerIsConsistent();
  }

  private String waiting() {
    return quickScale().admin().get("/api/v1/test/gate/waiting").expect(200).body();
  }

  private static JsonObject java(QuickScale.Caller user, String action, String outcome) {
    return user.run(
            "java_caller", object("action", action, "service", "outcome", "outcome", outcome))
        .expect(200)
        .json()
        .getJsonObject("result");
  }

  private static JsonObject metered(String unit, int units, int failures) {
    return Json.createObjectBuilder()
        .add("unit", unit)
        .add("units", units)
        .add("failures", failures)
        .build();
  }
}
