package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

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
  default void metricsCountRunsChargesHoldsAndRefusals() {
    var user = quickScale().newUser(20);
    user.run("outcome", object("outcome", "fine")).expect(200);
    user.run("outcome", object("outcome", "fine")).expectProblem(402, "insufficient_credits");

    String metrics = quickScale().anybody().get("/metrics").expect(200).body();

    assertThat(metrics)
        .containsPattern("quickscale_runs_total\\{[^}]*outcome=\"succeeded\",service=\"outcome\"")
        .containsPattern("quickscale_run_duration_seconds_count\\{[^}]*service=\"outcome\"")
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
