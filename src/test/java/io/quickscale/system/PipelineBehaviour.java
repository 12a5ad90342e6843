package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.system.QuickScale.Caller;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Services in a row: checked and held as a whole, settled step by step. */
interface PipelineBehaviour {
  /** Of a run of {@code outcome}. */
  int PRICE = 20;

  QuickScale quickScale();

  @Test
  default void aPipelineIsPaidStepByStep() {
    var user = quickScale().newUser(100);

    JsonObject answer =
        run(
                user,
                "{'a': 'ok'}",
                outcome("first", "{'$from': '/input/a'}"),
                outcome("second", "{'$from': '/steps/first/result/user'}"),
                step("third", "free_echo", "{'text': {'$from': '/steps/second/result/outcome'}}"))
            .expect(200)
            .json();

    assertThat(answer.getBoolean("success")).isTrue();
    assertThat(answer.getJsonObject("pipeline_result").keySet())
        .containsExactly("first", "second", "third");
    assertThat(answer.getJsonObject("pipeline_result").getJsonObject("third").getString("text"))
        .contains("@example.org");
    assertThat(statuses(answer)).isEqualTo("first succeeded, second succeeded, third succeeded");
    assertThat(answer.getInt("total_credits")).isEqualTo(2 * PRICE);
    assertThat(answer.getInt("credits_remaining")).isEqualTo(100 - 2 * PRICE);
    assertThat(user.available()).isEqualTo("60");
    for (JsonObject step : steps(answer)) {
      JsonObject usage = user.get("/api/v1/usage/" + step.getString("usage_id")).expect(200).json();
      assertThat(usage.getString("status")).isEqualTo("succeeded");
      assertThat(usage.getString("service")).isEqualTo(step.getString("service"));
    }
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void everythingThatIsWrongIsNamedAndNothingRuns() {
    var user = quickScale().newUser(100);

    Reply refusal =
        run(
                user,
                "{}",
                outcome("first", "'ok'"),
                step("first", "nope", "{}"),
                outcome("third", "{'$from': '/steps/first/result/nope'}"),
                outcome("fourth", "{'$from': '/steps/fifth/result'}"),
                step("fifth", "outcome", "{'outcome': 1}"))
            .expectProblem(400, "invalid_input");

    assertThat(fields(refusal))
        .containsExactly(
            "steps[1].id",
            "steps[1].service",
            "steps[2].input.outcome",
            "steps[3].input.outcome",
            "steps[4].input.outcome");
    run(user, "{}", outcome("first", "{'$from': '/input/a'}")).expectProblem(400, "invalid_input");
    run(user, "{}", "{'id': 'a', 'service': 'outcome', 'inputs': {}}")
        .expectProblem(400, "invalid_input");
    run(user, "{}").expectProblem(400, "invalid_input");
    assertThat(user.usageCount()).isZero();
  }

  @Test
  default void aPipelineThatCannotBePaidAsAWholeRunsNothing() {
    var user = quickScale().newUser(2 * PRICE - 1);

    Reply refusal =
        run(user, "{}", outcome("first", "'ok'"), outcome("second", "'ok'"))
            .expectProblem(402, "insufficient_credits");

    assertThat(refusal.number("required_credits")).isEqualTo("40");
    assertThat(refusal.number("shortfall")).isEqualTo("1");
    assertThat(user.usageCount()).isZero();
  }

  @Test
  default void whatIsSkippedIsGivenBack() {
    var user = quickScale().newUser(100);

    JsonObject answer =
        run(
                user,
                "{'go': false}",
                outcome("first", "'ok'", "{'$from': '/input/go', 'equals': true}"),
                outcome("second", "{'$from': '/steps/first/result/outcome'}"),
                outcome("third", "'ok'"))
            .expect(200)
            .json();

    assertThat(answer.getBoolean("success")).isTrue();
    assertThat(statuses(answer)).isEqualTo("first skipped, second skipped, third succeeded");
    assertThat(answer.getJsonObject("pipeline_result").keySet()).containsExactly("third");
    assertThat(user.available()).isEqualTo("80");
    assertThat(held(user)).isZero();
    assertEnded(user, answer, 0, "cancelled", "step_skipped");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void nothingMoreBeginsWhenAStepHasFailed() {
    var user = quickScale().newUser(100);

    JsonObject answer =
        run(
                user,
                "{}",
                outcome("first", "'ok'"),
                outcome(
                    "second",
                    "'failure'",
                    "{'$from': '/steps/first/result/outcome', 'equals': 'ok'}"),
                outcome("third", "{'$from': '/steps/second/result/outcome'}"))
            .expect(200)
            .json();

    assertThat(answer.getBoolean("success")).isFalse();
    assertThat(answer.getString("failed_step")).isEqualTo("second");
    assertThat(answer.getJsonObject("error").getString("code")).isEqualTo("service_failed");
    assertThat(answer.getJsonObject("error").getString("usage_id"))
        .isEqualTo(steps(answer).get(1).getString("usage_id"));
    assertThat(answer.toString()).doesNotContain("secret inside");
    assertThat(statuses(answer)).isEqualTo("first succeeded, second failed, third not_reached");
    assertThat(answer.getJsonObject("pipeline_result").keySet()).containsExactly("first");
    assertThat(answer.getInt("total_credits")).isEqualTo(PRICE);
    assertThat(user.available()).isEqualTo("80");
    assertThat(held(user)).isZero();
    assertEnded(user, answer, 1, "failed", "service_failed");
    assertEnded(user, answer, 2, "cancelled", "step_not_reached");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void aStepWhoseInputTurnsOutWrongFailsAndCostsNothing() {
    var user = quickScale().newUser(100);

    JsonObject answer =
        run(
                user,
                "{}",
                outcome("first", "'ok'"),
                outcome("second", "{'$from': '/steps/first/result/attempt'}"))
            .expect(200)
            .json();

    assertThat(answer.getString("failed_step")).isEqualTo("second");
    JsonObject error = answer.getJsonObject("error");
    assertThat(error.getString("code")).isEqualTo("invalid_input");
    assertThat(error.getJsonArray("violations").getJsonObject(0).getString("field"))
        .isEqualTo("steps[1].input.outcome");
    assertThat(user.available()).isEqualTo("80");
    assertThat(held(user)).isZero();
  }

  @Test
  default void stepsThatDoNotHangOnEachOtherRunSideBySide() throws Exception {
    var user = quickScale().newUser(100);
    var running =
        new AtOnce<>(
            () ->
                run(
                    user,
                    "{}",
                    step("first", "gate", "{'note': 'a'}"),
                    step("second", "gate", "{'note': 'b'}")));
    Eventually.holds(
        () ->
            assertThat(quickScale().admin().get("/api/v1/test/gate/waiting").body())
                .isEqualTo("2"));
    assertThat(held(user)).isEqualTo(6);

    quickScale().admin().post("/api/v1/test/gate/open", object()).expect(204);

    assertThat(running.result().expect(200).json().getInt("total_credits")).isEqualTo(6);
    assertThat(held(user)).isZero();
  }

  @Test
  default void anEqualPipelineUnderTheSameKeyIsAnsweredAgainAndPaidOnce() {
    var user = quickScale().newUser(100);
    Caller request = user.with("Idempotency-Key", UUID.randomUUID().toString());

    Reply first = run(request, "{}", outcome("a", "'ok'"), outcome("b", "'failure'")).expect(200);
    Reply again = run(request, "{}", outcome("a", "'ok'"), outcome("b", "'failure'")).expect(200);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    run(request, "{}", outcome("a", "'ok'")).expectProblem(422, "idempotency_key_reused");
    assertThat(user.usageCount()).isEqualTo(2);
  }

  // Stored ones.

  @Test
  default void textAnalysisShips() {
    var user = quickScale().newUser(100);
    assertThat(
            user.get("/api/v1/pipelines").expect(200).items().getValuesAs(JsonObject.class).stream()
                .map(pipeline -> pipeline.getString("name")))
        .contains("text_analysis");

    JsonObject answer =
        runStored(user, "text_analysis", "{'text': 'I love how simple this wonderful service is!'}")
            .expect(200)
            .json();

    assertThat(answer.getBoolean("success")).as(answer.toString()).isTrue();
    assertThat(answer.getString("pipeline")).isEqualTo("text_analysis");
    JsonObject results = answer.getJsonObject("pipeline_result");
    assertThat(results.keySet()).containsExactly("validation", "keywords", "sentiment");
    assertThat(
            results.getJsonObject("validation").getJsonObject("validation").getBoolean("is_valid"))
        .isTrue();
    assertThat(results.getJsonObject("keywords").getJsonArray("keywords")).isNotEmpty();
    assertThat(results.getJsonObject("sentiment").getString("label")).isEqualTo("positive");
  }

  @Test
  default void textAnalysisGoesNoFurtherWithWhatIsNoText() {
    var user = quickScale().newUser(100);

    JsonObject answer = runStored(user, "text_analysis", "{'text': '  '}").expect(200).json();

    assertThat(statuses(answer))
        .isEqualTo("validation succeeded, keywords skipped, sentiment skipped");
    assertThat(answer.getJsonNumber("total_credits").toString()).isEqualTo("0.5");
    assertThat(
            fields(
                runStored(user, "text_analysis", "{'txt': 'x'}")
                    .expectProblem(400, "invalid_input")))
        .containsExactly("input.text");
    assertThat(
            fields(
                runStored(user, "text_analysis", "{'text': 7}")
                    .expectProblem(400, "invalid_input")))
        .containsExactly("input.text");
  }

  @Test
  default void aPipelineIsStoredChangedAndRemoved() {
    var user = quickScale().newUser(100);
    String path = "/api/v1/admin/pipelines/stored";

    JsonObject first =
        store("stored", "One", outcome("a", "{'$from': '/input/x'}")).expect(200).json();
    assertThat(first.getInt("version")).isEqualTo(1);
    assertThat(quickScale().newestAuditEntry().getString("action")).isEqualTo("create_pipeline");
    assertThat(runStored(user, "stored", "{'x': 'ok'}").expect(200).json().getInt("version"))
        .isEqualTo(1);

    store("stored", "One", outcome("a", "{'$from': '/input/x'}")).expect(200);
    assertThat(quickScale().newestAuditEntry().getString("action")).isEqualTo("create_pipeline");
    JsonObject second = store("stored", "Two", outcome("b", "'ok'")).expect(200).json();
    assertThat(second.getInt("version")).isEqualTo(2);
    assertThat(user.get("/api/v1/pipelines/stored").expect(200).json()).isEqualTo(second);
    assertThat(quickScale().admin().get(path).expect(200).json()).isEqualTo(second);
    JsonObject entry = quickScale().newestAuditEntry();
    assertThat(entry.getString("action")).isEqualTo("change_pipeline");
    assertThat(entry.getString("target")).isEqualTo("pipeline/stored");
    assertThat(entry.getJsonObject("before").getString("description")).isEqualTo("One");
    assertThat(entry.getJsonObject("after").getInt("version")).isEqualTo(2);
    JsonObject answer = runStored(user, "stored", "{}").expect(200).json();
    assertThat(answer.getInt("version")).isEqualTo(2);
    assertThat(answer.getJsonObject("pipeline_result").keySet()).containsExactly("b");

    quickScale().admin().delete(path).expect(204);
    runStored(user, "stored", "{}").expectProblem(404, "not_found");
    quickScale().admin().delete(path).expectProblem(404, "not_found");
    assertThat(quickScale().newestAuditEntry().getString("action")).isEqualTo("remove_pipeline");
    assertThat(store("stored", "Three", outcome("b", "'ok'")).expect(200).json().getInt("version"))
        .isEqualTo(3);
    quickScale().admin().delete(path).expect(204);
  }

  /** Its answer stays the answer, whatever became of the pipeline since. */
  @Test
  default void aStoredPipelineIsAnsweredAgainWhenItIsGone() {
    var user = quickScale().newUser(100);
    Caller request = user.with("Idempotency-Key", UUID.randomUUID().toString());
    store("short_lived", "", outcome("a", "'ok'")).expect(200);
    Reply first = runStored(request, "short_lived", "{}").expect(200);
    quickScale().admin().delete("/api/v1/admin/pipelines/short_lived").expect(204);

    assertThat(runStored(request, "short_lived", "{}").expect(200).body()).isEqualTo(first.body());
    assertThat(user.available()).isEqualTo("80");
  }

  @Test
  default void aPipelineThatIsWrongIsNotStored() {
    assertThat(
            fields(
                store("wrong", "", outcome("a", "{'$from': '/steps/b/result'}"))
                    .expectProblem(400, "invalid_input")))
        .containsExactly("steps[0].input.outcome");
    assertThat(fields(store("run", "", outcome("a", "'ok'")).expectProblem(400, "invalid_input")))
        .containsExactly("name");
    assertThat(fields(store("Wrong", "", outcome("a", "'ok'")).expectProblem(400, "invalid_input")))
        .containsExactly("name");
    quickScale().admin().get("/api/v1/pipelines/wrong").expectProblem(404, "not_found");
    quickScale()
        .newUser()
        .put("/api/v1/admin/pipelines/mine", json("{'steps': []}"))
        .expectProblem(403, "forbidden");
  }

  @Test
  default void aPipelineWhoseServiceIsSwitchedOffSaysSo() {
    var user = quickScale().newUser(100);
    quickScale().admin().post("/api/v1/admin/services/breaker/deactivate", object()).expect(200);
    try {
      run(user, "{}", step("a", "breaker", "{'outcome': 'fine'}"))
          .expectProblem(503, "service_inactive");
      store("switched_off", "", step("a", "breaker", "{'outcome': 'fine'}")).expect(200);
      runStored(user, "switched_off", "{}").expectProblem(503, "service_inactive");
    } finally {
      quickScale().admin().post("/api/v1/admin/services/breaker/activate", object()).expect(200);
      quickScale().admin().delete("/api/v1/admin/pipelines/switched_off").expect(204);
    }
    assertThat(user.usageCount()).isZero();
  }

  // From Java.

  @Test
  default void aPipelineIsRunFromJava() {
    var user = quickScale().newUser(100);

    JsonObject answer = fromJava(user, "ok", false).expect(200).json().getJsonObject("result");
    JsonObject failed = fromJava(user, "failure", false).expect(200).json().getJsonObject("result");
    JsonObject skipped = fromJava(user, " ", false).expect(200).json().getJsonObject("result");

    assertThat(answer.getJsonArray("steps")).hasToString("[\"check succeeded\",\"run succeeded\"]");
    assertThat(answer.getJsonNumber("credits").toString()).isEqualTo("20.5");
    assertThat(failed.getString("failed_step")).isEqualTo("run");
    assertThat(failed.getString("code")).isEqualTo("service_failed");
    assertThat(skipped.getBoolean("success")).isTrue();
    assertThat(skipped.getString("results")).isEqualTo("[check]");
    assertThat(user.available()).isEqualTo("78.5");
    assertThat(held(user)).isZero();
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void aPipelineIsNoPartOfARun() {
    var user = quickScale().newUser(100);

    fromJava(user, "ok", true).expectProblem(500, "service_failed");

    assertThat(user.available()).isEqualTo("100");
  }

  private static Reply fromJava(Caller user, String text, boolean within) {
    return user.run("pipeline_caller", object("text", text, "within", within));
  }

  // Documents, with ' for ".

  private static String outcome(String id, String outcome) {
    return step(id, "outcome", "{'outcome': " + outcome + "}");
  }

  private static String outcome(String id, String outcome, String when) {
    return "{'id': '%s', 'service': 'outcome', 'input': {'outcome': %s}, 'when': %s}"
        .formatted(id, outcome, when);
  }

  private static String step(String id, String service, String input) {
    return "{'id': '%s', 'service': '%s', 'input': %s}".formatted(id, service, input);
  }

  private static Reply run(Caller caller, String input, String... steps) {
    return caller.post(
        "/api/v1/pipelines/run",
        json("{'input': %s, 'steps': [%s]}".formatted(input, String.join(", ", steps))));
  }

  private static Reply runStored(Caller caller, String name, String input) {
    return caller.post("/api/v1/pipelines/" + name + "/run", json("{'input': " + input + "}"));
  }

  private Reply store(String name, String description, String... steps) {
    return quickScale()
        .admin()
        .put(
            "/api/v1/admin/pipelines/" + name,
            json(
                "{'description': '%s', 'steps': [%s]}"
                    .formatted(description, String.join(", ", steps))));
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  // Answers.

  private static List<JsonObject> steps(JsonObject answer) {
    return answer.getJsonArray("steps").getValuesAs(JsonObject.class);
  }

  private static String statuses(JsonObject answer) {
    return steps(answer).stream()
        .map(step -> step.getString("id") + " " + step.getString("status"))
        .collect(Collectors.joining(", "));
  }

  private static List<String> fields(Reply refusal) {
    return refusal.json().getJsonArray("violations").getValuesAs(JsonObject.class).stream()
        .map(violation -> violation.getString("field"))
        .toList();
  }

  private static int held(Caller user) {
    return user.get("/api/v1/credits").expect(200).json().getInt("held_credits");
  }

  /** How the record of a step's run ended. */
  private static void assertEnded(
      Caller user, JsonObject answer, int step, String status, String code) {
    JsonObject usage =
        user.get("/api/v1/usage/" + steps(answer).get(step).getString("usage_id"))
            .expect(200)
            .json();
    assertThat(usage.getString("status")).isEqualTo(status);
    assertThat(usage.getString("error_code")).isEqualTo(code);
    assertThat(usage.getInt("cost")).isZero();
  }
}
