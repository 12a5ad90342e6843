package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** AtOnce runs never spend a credit that is not there. */
interface ConcurrencyBehaviour {
  QuickScale quickScale();

  @Test
  default void twoThousandRunsOnFiveHundredCreditsAreFiveHundredRuns() throws Exception {
    var user = quickScale().newUser(500);

    List<Reply> replies =
        AtOnce.times(
            2000, 64, () -> user.run("sentiment_analysis", object("text", "What a good day!")));

    Map<Integer, Long> byStatus =
        replies.stream().collect(Collectors.groupingBy(Reply::status, Collectors.counting()));
    assertThat(byStatus).isEqualTo(Map.of(200, 500L, 402, 1500L));
    replies.stream()
        .filter(reply -> reply.status() == 402)
        .forEach(reply -> assertThat(reply.number("shortfall")).isEqualTo("1"));
    assertThat(user.available()).isEqualTo("0");
    assertThat(user.usageCount()).isEqualTo(500);
    assertThat(user.get("/api/v1/usage?limit=500").json()).doesNotContainKey("next_cursor");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void grantsVoidsAndRunsAtOnceLeaveABalanceThatAddsUp() throws Exception {
    var user = quickScale().newUser(40);
    var ended = ConcurrentHashMap.<String>newKeySet();

    AtOnce.times(
        60,
        12,
        () -> {
          String grant = quickScale().grant(user, "promotional", 20);
          user.run("outcome", object("outcome", "fine"));
          Reply taken =
              quickScale()
                  .admin()
                  .post("/api/v1/admin/grants/" + grant + "/void", object("reason", "race"));
          // Runs of others may have used it up before.
          assertThat(taken.status()).as(taken.body()).isIn(200, 409);
          return ended.add(grant);
        });

    assertThat(ended).hasSize(60);
    quickScale().assertLedgerIsConsistent();
    assertThat(user.get("/api/v1/credits").json().getInt("held_credits")).isZero();
  }

  @Test
  default void aUserCannotHaveMoreRunsAtATimeThanTheServiceAllows() throws Exception {
    var user = quickScale().newUser(100);
    var limits = Json.createObjectBuilder().add("limits", object("max_concurrent_runs", 1)).build();
    quickScale().admin().put("/api/v1/admin/services/gate", limits).expect(200);
    var first = new AtOnce<>(() -> user.run("gate", object("note", "first")));
    Eventually.holds(
        () ->
            assertThat(quickScale().admin().get("/api/v1/test/gate/waiting").body())
                .isEqualTo("1"));

    Reply second = user.run("gate", object("note", "second")).expectProblem(429, "rate_limited");
    assertThat(second.text("detail"))
        .contains("Your account has 1 run of 'gate' going", "max_concurrent_runs", "in a second");
    quickScale().admin().post("/api/v1/test/gate/open", object()).expect(204);
    quickScale()
        .admin()
        .put(
            "/api/v1/admin/services/gate",
            Json.createObjectBuilder().add("limits", object()).build())
        .expect(200);

    assertThat(second.header("Retry-After")).isPresent();
    first.result().expect(200);
    assertThat(user.available()).isEqualTo("97");
  }
}
