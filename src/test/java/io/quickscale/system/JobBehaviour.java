package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.system.QuickScale.Caller;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs in the background: nobody waits for them, and all is paid as if somebody had. */
interface JobBehaviour {
  QuickScale quickScale();

  @Test
  default void aJobOfOneRunHasItsResultAndItsRecordNamesTheJob() {
    var user = quickScale().newUser(50);

    Reply submitted = user.post("/api/v1/services/outcome/jobs", one("fine", 7)).expect(202);

    String id = submitted.text("id");
    assertThat(submitted.header("Location")).contains("/api/v1/jobs/" + id);
    assertThat(submitted.text("status")).isEqualTo("queued");
    assertThat(submitted.number("credits_held")).isEqualTo("20");
    JsonObject job = ended(user, id);
    assertThat(job.getString("status")).isEqualTo("succeeded");
    assertThat(job.getString("kind")).isEqualTo("run");
    assertThat(job.getInt("priority")).isEqualTo(7);
    assertThat(job.getInt("credits_consumed")).isEqualTo(20);
    assertThat(job.getInt("credits_held")).isZero();
    assertThat(job.getJsonObject("result").getString("outcome")).isEqualTo("fine");
    assertThat(user.available()).isEqualTo("30");
    assertThat(user.get("/api/v1/usage").expect(200).items().getJsonObject(0).getString("job_id"))
        .isEqualTo(id);
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void aJobOfOneRunThatFailsSaysWhy() {
    var user = quickScale().newUser(50);

    JsonObject job =
        ended(
            user,
            user.post("/api/v1/services/outcome/jobs", one("failure", 5)).expect(202).text("id"));

    assertThat(job.getString("status")).isEqualTo("failed");
    assertThat(job.getJsonObject("error").getString("code")).isEqualTo("service_failed");
    assertThat(user.available()).isEqualTo("50");
  }

  @Test
  default void theItemsOfAJobArePaidOneByOneAndReadInTheirOrder() {
    var user = quickScale().newUser(100);
    String id = submit(user, "fine", "failure", "good");

    JsonObject job = ended(user, id);

    assertThat(job.getString("status")).as("not all of them succeeded").isEqualTo("failed");
    assertThat(job.getJsonObject("progress")).isEqualTo(progress(3, 1, 3));
    assertThat(job.getInt("credits_consumed")).isEqualTo(40);
    assertThat(user.available()).isEqualTo("60");
    Reply first = user.get("/api/v1/jobs/" + id + "/items?limit=2").expect(200);
    assertThat(first.items().getValuesAs(JsonObject.class))
        .extracting(item -> item.getInt("index") + " " + item.getBoolean("success"))
        .containsExactly("0 true", "1 false");
    Reply second =
        user.get("/api/v1/jobs/" + id + "/items?cursor=" + first.text("next_cursor")).expect(200);
    assertThat(second.items()).hasSize(1);
    String lines =
        user.with("Accept", "application/x-ndjson")
            .get("/api/v1/jobs/" + id + "/items")
            .expect(200)
            .body();
    assertThat(lines.lines()).hasSize(3).allMatch(line -> line.startsWith("{\"index\":"));
    assertThat(lines).contains("\"code\":\"service_failed\"");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void allThatIsWrongWithAJobIsSaidBeforeAnythingIsHeld() {
    var user = quickScale().newUser(100);

    Reply refusal =
        user.post(
                "/api/v1/services/outcome/jobs",
                Json.createObjectBuilder()
                    .add(
                        "items",
                        Json.createArrayBuilder()
                            .add(object("outcome", "fine"))
                            .add(object("outcom", "fine")))
                    .build())
            .expectProblem(400, "invalid_input");

    assertThat(refusal.body()).contains("\"field\":\"items[1].outcome\"", "items[1].outcom\"");
    user.post("/api/v1/services/outcome/jobs", object()).expectProblem(400, "invalid_input");
    assertThat(
            user.post(
                    "/api/v1/services/outcome/jobs",
                    Json.createObjectBuilder().add("input", object("outcome", 1)).build())
                .expectProblem(400, "invalid_input")
                .body())
        .contains("input.outcome");
    assertThat(user.available()).isEqualTo("100");
    assertThat(user.get("/api/v1/jobs").expect(200).items()).isEmpty();
  }

  @Test
  default void aJobThatCannotBePaidAsAWholeIsNotQueued() {
    var user = quickScale().newUser(59);

    user.post("/api/v1/services/outcome/jobs", items("a", "b", "c"))
        .expectProblem(402, "insufficient_credits");

    assertThat(user.available()).isEqualTo("59");
    assertThat(user.get("/api/v1/jobs").expect(200).items()).isEmpty();
  }

  @Test
  default void theSameKeyIsTheSameJob() {
    var user = quickScale().newUser(100).with("Idempotency-Key", "the-job");

    Reply first = user.post("/api/v1/services/outcome/jobs", items("a", "b")).expect(202);
    Reply second = user.post("/api/v1/services/outcome/jobs", items("a", "b")).expect(202);

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    ended(user, first.text("id"));
    assertThat(user.available()).isEqualTo("60");
  }

  @Test
  default void aCancelledJobGivesBackWhatHasNotEnded() {
    var user = quickScale().newUser(100);
    String id =
        user.post(
                "/api/v1/services/gate/jobs",
                Json.createObjectBuilder()
                    .add(
                        "items",
                        Json.createArrayBuilder()
                            .add(object("note", "one"))
                            .add(object("note", "two")))
                    .build())
            .expect(202)
            .text("id");
    Eventually.holds(
        () ->
            assertThat(user.get("/api/v1/jobs/" + id).json().getString("status"))
                .isEqualTo("running"));

    user.delete("/api/v1/jobs/" + id).expect(200);

    JsonObject job = ended(user, id);
    assertThat(job.getString("status")).isEqualTo("cancelled");
    assertThat(job.getInt("credits_held")).isZero();
    assertThat(job.getInt("credits_consumed")).isZero();
    assertThat(user.available()).isEqualTo("100");
    user.delete("/api/v1/jobs/" + id).expect(200);
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void jobsOfOthersAreNotThereButForAnAdmin() {
    var user = quickScale().newUser(100);
    String id = submit(user, "fine");
    ended(user, id);

    var other = quickScale().newUser();
    other.get("/api/v1/jobs/" + id).expectProblem(404, "not_found");
    other.get("/api/v1/jobs/" + id + "/items").expectProblem(404, "not_found");
    other.get("/api/v1/jobs/" + id + "/events").expectProblem(404, "not_found");
    other.delete("/api/v1/jobs/" + id).expectProblem(404, "not_found");
    other.get("/api/v1/admin/jobs").expectProblem(403, "forbidden");
    assertThat(QuickScale.ids(quickScale().admin().get("/api/v1/admin/jobs?limit=500").expect(200)))
        .contains(id);
    quickScale().admin().delete("/api/v1/admin/jobs/" + id).expectProblem(409, "conflict");
  }

  @Test
  default void theLastEventOfAJobHasItAsItsData() {
    var user = quickScale().newUser(100);
    String id = submit(user, "fine", "good");

    Reply events = user.get("/api/v1/jobs/" + id + "/events").expect(200);

    assertThat(events.header("Content-Type").orElse("")).startsWith("text/event-stream");
    String last = events.body().substring(events.body().lastIndexOf("event: "));
    assertThat(last).startsWith("event: end\n").contains("\nid: ", "\"status\":\"succeeded\"", id);
  }

  private static JsonObject one(String outcome, int priority) {
    return Json.createObjectBuilder()
        .add("input", object("outcome", outcome))
        .add("priority", priority)
        .build();
  }

  private static JsonObject items(String... outcomes) {
    JsonArrayBuilder items = Json.createArrayBuilder();
    IntStream.range(0, outcomes.length)
        .forEach(index -> items.add(object("outcome", outcomes[index])));
    return Json.createObjectBuilder().add("items", items).build();
  }

  private static String submit(Caller user, String... outcomes) {
    return user.post("/api/v1/services/outcome/jobs", items(outcomes)).expect(202).text("id");
  }

  private static JsonObject progress(int done, int failed, int total) {
    return object("done", done, "failed", failed, "total", total);
  }

  private static JsonObject ended(Caller user, String id) {
    Eventually.holds(
        () ->
            assertThat(user.get("/api/v1/jobs/" + id).expect(200).json().getString("status"))
                .isIn("succeeded", "failed", "cancelled"));
    return user.get("/api/v1/jobs/" + id).expect(200).json();
  }
}
