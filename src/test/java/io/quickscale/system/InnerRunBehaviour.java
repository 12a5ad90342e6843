package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.system.QuickScale.Caller;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Services that run other services: who pays what, and who is told what. */
interface InnerRunBehaviour {
  QuickScale quickScale();

  @Test
  default void retriesOfAnOuterRunOrderItsInnerRunsOnce() {
    for (String order : List.of("hello", "consume")) {
      var user = quickScale().newUser(20);

      Reply reply = user.run("outer", orders(2, order)).expect(200);

      assertThat(reply.number("credits_consumed")).isEqualTo("1");
      assertThat(reply.number("total_credits")).isEqualTo("1.5");
      assertThat(user.available()).isEqualTo("18.5");
      assertThat(user.usageCount()).isEqualTo(2);
    }
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void equalOrdersOfOneAttemptAreRunsOfTheirOwn() {
    var user = quickScale().newUser(20);

    Reply reply = user.run("outer", orders(1, "hello", "hello", "consume", "other")).expect(200);

    assertThat(reply.json().getJsonObject("result").getJsonArray("inner_runs").stream().distinct())
        .hasSize(4);
    assertThat(user.available()).isEqualTo("17");
    assertThat(user.usageCount()).isEqualTo(5);
  }

  @Test
  default void aRefusedOrderDoesNotTakeThePlaceOfTheNextOne() {
    var user = quickScale().newUser(20);

    user.run("outer", orders(1, "try failure", "hello", "try failure")).expect(200);

    assertThat(user.available()).isEqualTo("18.5");
  }

  @Test
  default void anOuterRunThatFailsForNothingCostsNothingItsInnerRunsIncluded() {
    var user = quickScale().newUser(20);

    Reply failed = user.run("outer", orders(9, "hello")).expectProblem(500, "service_failed");

    assertThat(user.available()).isEqualTo("20");
    JsonObject outer = usage(user, failed.text("usage_id"));
    assertThat(outer.getInt("attempts")).isEqualTo(4);
    assertThat(outer.getJsonArray("inner_runs"))
        .singleElement()
        .satisfies(run -> assertThat(run.asJsonObject().getInt("credits_consumed")).isZero());
    assertThat(outer.getInt("total_credits")).isZero();
    assertThat(user.get("/api/v1/credits/transactions").expect(200).body())
        .contains("\"refund\"", "the run that ordered it cost nothing");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void aFallbackOrdersNoInnerRunAgain() {
    var user = quickScale().newUser(20);

    user.run("outer_fallback", object("text", "hello")).expect(200);

    assertThat(user.available()).isEqualTo("18.5");
    assertThat(user.usageCount()).isEqualTo(2);
  }

  @Test
  default void innerRunsOnOtherThreadsBelongToTheOuterRunToo() {
    var user = quickScale().newUser(20).with("X-Request-Id", "corr-elsewhere");

    user.run("outer", elsewhere(2, "hello")).expect(200);
    user.run("outer", elsewhere(0, "invalid")).expectProblem(400, "invalid_input");

    assertThat(user.available()).isEqualTo("18.5");
    assertThat(user.get("/api/v1/usage").items())
        .allSatisfy(
            run ->
                assertThat(run.asJsonObject().getString("correlation_id"))
                    .isEqualTo("corr-elsewhere"));
  }

  @Test
  default void parentAndChildrenKnowEachOther() {
    var user = quickScale().newUser(20).with("X-Request-Id", "corr-family");

    Reply reply = user.run("outer", orders(0, "hello")).expect(200);

    String inner = reply.json().getJsonObject("result").getJsonArray("inner_runs").getString(0);
    JsonObject told = reply.json().getJsonArray("inner_runs").getJsonObject(0);
    assertThat(told.getString("usage_id")).isEqualTo(inner);
    assertThat(told.getString("service")).isEqualTo("inner");
    assertThat(told.getJsonNumber("credits_consumed")).hasToString("0.5");
    JsonObject outer = usage(user, reply.text("usage_id"));
    assertThat(outer.getJsonArray("inner_runs")).isEqualTo(reply.json().getJsonArray("inner_runs"));
    assertThat(outer.getJsonNumber("total_credits")).hasToString("1.5");
    assertThat(outer).doesNotContainKey("parent_usage_id");
    JsonObject child = usage(user, inner);
    assertThat(child.getString("parent_usage_id")).isEqualTo(reply.text("usage_id"));
    assertThat(child.getString("correlation_id")).isEqualTo("corr-family");
    assertThat(child).doesNotContainKey("inner_runs");
  }

  @Test
  default void runsWithinRunsWithinARunAreAllGivenBackWhenItFails() {
    var user = quickScale().newUser(20);

    Reply fine = user.run("nested", nested(2, false)).expect(200);
    assertThat(fine.json().getJsonArray("inner_runs")).hasSize(3);
    assertThat(fine.number("total_credits")).isEqualTo("3.5");
    assertThat(user.available()).isEqualTo("16.5");
    user.run("nested", nested(2, true)).expectProblem(500, "service_failed");

    assertThat(user.available()).isEqualTo("16.5");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void aServiceThatRunsItselfWithoutAnEndIsStoppedAndCostsNothing() {
    var user = quickScale().newUser(100);

    user.run("nested", nested(1_000_000, false)).expectProblem(500, "service_failed");

    assertThat(user.available()).isEqualTo("100");
    assertThat(user.usageCount()).isEqualTo(16);
  }

  @Test
  default void anOuterRunIsRefundedWithItsInnerRunsAndEachOnce() {
    var user = quickScale().newUser(20);
    Reply both = user.run("outer", orders(0, "hello", "other")).expect(200);
    String first = both.json().getJsonArray("inner_runs").getJsonObject(0).getString("usage_id");

    assertThat(refund(first).expect(200).number("refunded_credits")).isEqualTo("0.5");
    assertThat(refund(both.text("usage_id")).expect(200).number("refunded_credits"))
        .isEqualTo("1.5");

    refund(both.text("usage_id")).expectProblem(409, "conflict");
    refund(first).expectProblem(409, "conflict");
    assertThat(user.available()).isEqualTo("20");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void anAnswerIsReplayedWithItsInnerRuns() {
    var user = quickScale().newUser(20).with("Idempotency-Key", "family");

    Reply first = user.run("outer", orders(0, "hello")).expect(200);
    Reply again = user.run("outer", orders(0, "hello")).expect(200);

    assertThat(again.body()).isEqualTo(first.body()).contains("\"inner_runs\"");
    assertThat(user.available()).isEqualTo("18.5");
  }

  @Test
  default void anInnerRunThatIsTooDearIsThe402OfTheOuterOne() {
    var user = quickScale().newUser();
    quickScale().grant(user, "promotional", 1);

    Reply refused =
        user.run("outer", orders(0, "hello")).expectProblem(402, "insufficient_credits");

    assertThat(refused.number("required_credits")).isEqualTo("0.5");
    assertThat(refused.number("available_credits")).isEqualTo("0");
    assertThat(refused.number("shortfall")).isEqualTo("0.5");
    assertThat(user.available()).isEqualTo("1");
    assertThat(usage(user, refused.text("usage_id")).getInt("attempts")).isEqualTo(1);
    assertThat(usage(user, refused.text("usage_id")).getString("error_code"))
        .isEqualTo("insufficient_credits");
  }

  @Test
  default void anInputThatAnInnerRunRefusesIsNotTakenForTheCallers() {
    var user = quickScale().newUser(20);

    for (String order : List.of("invalid", "")) {
      Reply refused = user.run("outer", orders(0, order)).expectProblem(400, "invalid_input");

      assertThat(refused.text("detail")).contains("the service 'inner', which this one runs,");
      assertThat(refused.json().getJsonArray("violations"))
          .singleElement()
          .satisfies(one -> assertThat(one.asJsonObject().getString("field")).isEmpty());
      assertThat(usage(user, refused.text("usage_id")).getInt("attempts")).isEqualTo(1);
    }
    assertThat(user.available()).isEqualTo("20");
  }

  @Test
  default void aTimeoutOfAnInnerRunIsATimeoutOfTheOuterOne() {
    var user = quickScale().newUser(20);

    user.run("outer_breaker", object("text", "slow")).expectProblem(504, "service_timeout");

    assertThat(user.available()).isEqualTo("20");
  }

  @Test
  default void anInnerServiceThatIsSwitchedOffIsSaidSo() {
    var user = quickScale().newUser(20);
    quickScale().admin().post("/api/v1/admin/services/inner/deactivate", object()).expect(200);
    try {
      user.run("outer", orders(0, "hello")).expectProblem(503, "service_inactive");
    } finally {
      quickScale().admin().post("/api/v1/admin/services/inner/activate", object()).expect(200);
    }
    assertThat(user.available()).isEqualTo("20");
  }

  @Test
  default void whatIsTheCallersDoesNotOpenABreaker() {
    var user = quickScale().newUser();
    quickScale().grant(user, "promotional", 1);
    for (int i = 0; i < 6; i++) {
      user.run("outer_breaker", object("text", "hello")).expectProblem(402, "insufficient_credits");
      user.run("outer_breaker", object("text", "invalid"))
          .expectProblem(402, "insufficient_credits");
    }
    quickScale().grant(user, "promotional", 1);

    user.run("outer_breaker", object("text", "hello")).expect(200);

    assertThat(user.available()).isEqualTo("0.5");
  }

  private Reply refund(String usageId) {
    return quickScale().admin().post("/api/v1/admin/usage/" + usageId + "/refund", object());
  }

  private static JsonObject usage(Caller user, String id) {
    return user.get("/api/v1/usage/" + id).expect(200).json();
  }

  private static JsonObject orders(int failures, String... orders) {
    return input(false, failures, Json.createArrayBuilder(List.of(orders)).build());
  }

  private static JsonObject elsewhere(int failures, String... orders) {
    return input(true, failures, Json.createArrayBuilder(List.of(orders)).build());
  }

  private static JsonObject input(boolean elsewhere, int failures, JsonArray orders) {
    return Json.createObjectBuilder()
        .add("orders", orders)
        .add("elsewhere", elsewhere ? JsonValue.TRUE : JsonValue.FALSE)
        .add("failures", failures)
        .build();
  }

  private static JsonObject nested(int levels, boolean fails) {
    return object("levels", levels, "fails", fails);
  }
}
