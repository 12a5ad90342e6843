package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

/** What the outside sees of the inside. */
interface ObservabilityBehaviour {
  QuickScale quickScale();

  @Test
  default void isReadyWithItsDatabaseItsMigrationsAndItsRegistry() {
    Reply ready = quickScale().anybody().get("/health/ready").expect(200);

    assertThat(ready.text("status")).isEqualTo("UP");
    assertThat(ready.body()).contains("\"database\"", "\"migrations\"", "\"registry\"");
    assertThat(quickScale().anybody().get("/health/live").expect(200).text("status"))
        .isEqualTo("UP");
  }

  @Test
  default void nothingIsTracedUnlessTheServerIsToldTo() {
    assertThat(
            quickScale().anybody().get("/api/v1/me").expectProblem(401, "unauthenticated").json())
        .doesNotContainKey("trace_id");
  }

  @Test
  default void metricsCountRunsChargesHoldsAndRefusals() {
    var user = quickScale().newUser(20);
    user.run("outcome", object("outcome", "fine")).expect(200);
    user.run("outcome", object("outcome", "fine")).expectProblem(402, "insufficient_credits");

    String metrics = quickScale().anybody().get("/metrics").expect(200).body();

    assertThat(metrics)
        .containsPattern("quickscale_runs_total\\{[^}]*outcome=\"succeeded\",service=\"outcome\"")
        .containsPattern("quickscale_run_duration_milliseconds_count\\{[^}]*service=\"outcome\"")
        .containsPattern("quickscale_credits_charged_micro_total\\{[^}]*service=\"outcome\"")
        .containsPattern("quickscale_refusals_total\\{[^}]*code=\"insufficient_credits\"")
        .contains("quickscale_holds_open");
  }

  @Test
  default void theOpenApiDocumentDescribesTheRunEndpoint() {
    String document = quickScale().anybody().get("/openapi").expect(200).body();

    assertThat(document)
        .contains("/services/{name}/run", "application/problem+json", "Idempotency-Key");
  }

  /** Servers would serve their own rendering of it, with members that client generators refuse. */
  @Test
  default void theOpenApiDocumentIsServedAsItIsWritten() {
    JsonObject document =
        quickScale().anybody().with("Accept", "application/json").get("/openapi").json();

    assertThat(document.keySet())
        .containsExactly("openapi", "info", "servers", "security", "tags", "paths", "components");
    assertThat(document.getValue("/paths/~1api~1v1~1services/get/security"))
        .isEqualTo(JsonValue.EMPTY_JSON_ARRAY);
  }

  @Test
  default void aRequestKeepsTheIdThatItsCallerGaveIt() {
    var user = quickScale().newUser(20).with("X-Request-Id", "order-4711");

    Reply reply = user.run("outcome", object("outcome", "fine")).expect(200);

    assertThat(reply.header("X-Request-Id")).contains("order-4711");
    assertThat(user.get("/api/v1/usage/" + reply.text("usage_id")).text("correlation_id"))
        .isEqualTo("order-4711");
  }

  @Test
  default void aServiceShowsWhatItTakesAndGives() {
    var shown =
        quickScale().anybody().get("/api/v1/services/sentiment_analysis").expect(200).json();

    var text =
        shown.getJsonObject("input_schema").getJsonObject("properties").getJsonObject("text");
    assertThat(text.getInt("maxLength")).isEqualTo(10_000);
    assertThat(shown.getJsonObject("input_schema").getJsonArray("required").toString())
        .isEqualTo("[\"text\"]");
    assertThat(shown.getJsonObject("output_schema").getJsonObject("properties"))
        .containsKeys("label", "score", "confidence");
    assertThat(shown.getBoolean("available")).isTrue();
  }
}
