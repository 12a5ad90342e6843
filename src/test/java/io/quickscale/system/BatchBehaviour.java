package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.system.QuickScale.Caller;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many inputs in one request: held as a whole, settled one by one. */
interface BatchBehaviour {
  QuickScale quickScale();

  @Test
  default void theItemsOfABatchAreAnsweredInTheirOrderAndPaidOneByOne() {
    var user = quickScale().newUser(200);

    JsonObject answer = batch(user, "outcome", "ok", "failure", "ok").expect(200).json();

    assertThat(answer.getBoolean("success")).isFalse();
    JsonArray items = answer.getJsonArray("items");
    assertThat(items.getValuesAs(JsonObject.class))
        .extracting(item -> item.getInt("index") + " " + item.getBoolean("success"))
        .containsExactly("0 true", "1 false", "2 true");
    assertThat(items.getJsonObject(1).getJsonObject("error").getString("code"))
        .isEqualTo("service_failed");
    assertThat(answer.getInt("credits_consumed")).isEqualTo(40);
    assertThat(user.available()).isEqualTo("160");
    assertThat(user.held()).isEqualTo("0");
    assertThat(user.usageCount()).isEqualTo(3);
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void aBatchThatCannotBePaidAsAWholeRunsNothing() {
    var user = quickScale().newUser(19_999);

    Reply refusal =
        batch(user, "outcome", IntStream.range(0, 1000).mapToObj(i -> "ok").toArray(String[]::new))
            .expectProblem(402, "insufficient_credits");

    assertThat(refusal.number("required_credits")).isEqualTo("20000");
    assertThat(refusal.number("shortfall")).isEqualTo("1");
    assertThat(user.available()).isEqualTo("19999");
    assertThat(user.usageCount()).isZero();
  }

  @Test
  default void ofAThousandItemsOfWhichTenFailTheOthersArePaid() {
    var user = quickScale().newUser(20_000);
    String[] outcomes =
        IntStream.range(0, 1000)
            .mapToObj(i -> i % 100 == 7 ? "failure" : "ok")
            .toArray(String[]::new);

    JsonObject answer = batch(user, "outcome", outcomes).expect(200).json();

    assertThat(answer.getInt("credits_consumed")).isEqualTo(19_800);
    assertThat(user.available()).isEqualTo("200");
    assertThat(user.held()).isEqualTo("0");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void everyWrongItemIsNamedAndNothingRuns() {
    var user = quickScale().newUser(10);

    Reply refusal =
        user.post(
                "/api/v1/services/outcome/batch",
                Json.createObjectBuilder()
                    .add(
                        "items",
                        Json.createArrayBuilder()
                            .add(object("outcome", "ok"))
                            .add(object("outcom", "ok"))
                            .add(1))
                    .build())
            .expectProblem(400, "invalid_input");

    assertThat(refusal.json().getJsonArray("violations").getValuesAs(JsonObject.class))
        .extracting(violation -> violation.getString("field"))
        .contains("items[1].outcom", "items[2]");
    assertThat(user.usageCount()).isZero();
  }

  @Test
  default void anEqualBatchUnderTheSameKeyIsAnsweredAgainAndPaidOnce() {
    var user = quickScale().newUser(100);
    Caller request = user.with("Idempotency-Key", UUID.randomUUID().toString());

    Reply first = batch(request, "outcome", "ok", "failure").expect(200);
    Reply again = batch(request, "outcome", "ok", "failure").expect(200);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    batch(request, "outcome", "ok").expectProblem(422, "idempotency_key_reused");
    assertThat(user.available()).isEqualTo("80");
  }

  @Test
  default void aBatchOfAServiceThatLimitsConcurrentRunsKeepsToTheLimit() {
    var user = quickScale().newUser(200);
    JsonObject two = limits(Json.createObjectBuilder().add("max_concurrent_runs", 2));
    JsonObject many = limits(Json.createObjectBuilder().add("max_concurrent_runs", 1_000_000));
    quickScale().admin().put("/api/v1/admin/services/outcome", two).expect(200);
    try {
      batch(user, "outcome", "ok", "ok", "ok", "ok", "ok").expect(200);
    } finally {
      quickScale().admin().put("/api/v1/admin/services/outcome", many).expect(200);
    }

    assertThat(user.available()).isEqualTo("100");
  }

  @Test
  default void noItemsAndTooManyAreRefused() {
    var user = quickScale().newUser(1);

    for (List<String> outcomes :
        List.of(List.<String>of(), IntStream.range(0, 1001).mapToObj(i -> "ok").toList())) {
      Reply refusal =
          batch(user, "outcome", outcomes.toArray(String[]::new))
              .expectProblem(400, "invalid_input");
      assertThat(refusal.body()).contains("items", "1 to 1000");
    }
  }

  private static JsonObject limits(JsonObjectBuilder limits) {
    return Json.createObjectBuilder().add("limits", limits).build();
  }

  private static Reply batch(Caller caller, String service, String... outcomes) {
    JsonArrayBuilder items = Json.createArrayBuilder();
    for (String outcome : outcomes) {
      items.add(object("outcome", outcome));
    }
    return caller.post(
        "/api/v1/services/" + service + "/batch",
        Json.createObjectBuilder().add("items", items).build());
  }
}
