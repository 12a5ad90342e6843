package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One logical request moves credits once, however often it is sent. */
interface IdempotencyBehaviour {
  QuickScale quickScale();

  @Test
  default void fiftyEqualRequestsAtOnceAreOneRun() throws Exception {
    var user = quickScale().newUser(1000).with("Idempotency-Key", "one-click");

    List<Reply> replies =
        AtOnce.times(50, 50, () -> user.run("outcome", object("outcome", "fine")));

    List<String> bodies =
        replies.stream().filter(r -> r.status() == 200).map(Reply::body).distinct().toList();
    assertThat(bodies).hasSize(1);
    replies.stream()
        .filter(reply -> reply.status() != 200)
        .forEach(
            reply -> {
              reply.expectProblem(409, "request_in_progress");
              assertThat(reply.header("Retry-After")).isPresent();
            });
    assertThat(user.available()).isEqualTo("980");
    assertThat(user.usageCount()).isEqualTo(1);
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void theFirstAnswerComesBackByteForByteAndCostsNothing() {
    var user = quickScale().newUser(100).with("Idempotency-Key", "again");

    Reply first = user.run("outcome", object("outcome", "fine")).expect(200);
    Reply second = user.run("outcome", object("outcome", "fine")).expect(200);

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(user.available()).isEqualTo("80");
  }

  @Test
  default void aFailureIsReplayedToo() {
    var user = quickScale().newUser(100).with("Idempotency-Key", "failing");

    Reply first =
        user.run("outcome", object("outcome", "failure")).expectProblem(500, "service_failed");
    Reply second =
        user.run("outcome", object("outcome", "failure")).expectProblem(500, "service_failed");

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(user.usageCount()).isEqualTo(1);
  }

  @Test
  default void aReplayedUnavailabilityStillSaysWhenToComeBack() {
    var user = quickScale().newUser(100).with("Idempotency-Key", "down");
    user.run("outcome", object("outcome", "unavailable"));

    Reply second = user.run("outcome", object("outcome", "unavailable"));

    second.expectProblem(503, "service_unavailable");
    assertThat(second.header("Retry-After")).isPresent();
  }

  @Test
  default void aKeyBelongsToItsBodyAndItsPath() {
    var user = quickScale().newUser(100).with("Idempotency-Key", "mine");
    user.run("outcome", object("outcome", "fine")).expect(200);

    user.run("outcome", object("outcome", "other")).expectProblem(422, "idempotency_key_reused");
    user.run("free_echo", object("text", "fine")).expectProblem(422, "idempotency_key_reused");
    assertThat(user.available()).isEqualTo("80");
  }

  @Test
  default void theFirstAnswerCountsAlthoughTheServiceHasBeenSwitchedOffSince() {
    var user = quickScale().newUser(10).with("Idempotency-Key", "before");
    Reply first = user.run("fallback", object("text", "a")).expect(200);
    quickScale().admin().post("/api/v1/admin/services/fallback/deactivate", object()).expect(200);

    Reply second = user.run("fallback", object("text", "a"));
    quickScale().admin().post("/api/v1/admin/services/fallback/activate", object()).expect(200);

    assertThat(second.expect(200).body()).isEqualTo(first.body());
  }

  @Test
  default void twoUsersMayChooseTheSameKey() {
    var one = quickScale().newUser(20).with("Idempotency-Key", "same");
    var other = quickScale().newUser(20).with("Idempotency-Key", "same");

    String first = one.run("outcome", object("outcome", "fine")).expect(200).text("usage_id");
    String second = other.run("outcome", object("outcome", "fine")).expect(200).text("usage_id");

    assertThat(second).isNotEqualTo(first);
  }

  @Test
  default void aRefusedRequestDoesNotUseUpItsKey() {
    var user = quickScale().newUser(5).with("Idempotency-Key", "patient");
    user.run("outcome", object("outcome", "fine")).expectProblem(402, "insufficient_credits");
    quickScale().grant(user, "pay_as_you_go", 15);

    user.run("outcome", object("outcome", "fine")).expect(200);
  }

  @Test
  default void aKeyMustBeVisibleText() {
    var user = quickScale().newUser(100);

    user.with("Idempotency-Key", "a".repeat(255))
        .run("outcome", object("outcome", "fine"))
        .expect(200);
    user.with("Idempotency-Key", "a".repeat(256))
        .run("outcome", object("outcome", "fine"))
        .expectProblem(400, "invalid_input");
    user.with("Idempotency-Key", "two words")
        .run("outcome", object("outcome", "fine"))
        .expectProblem(400, "invalid_input");
  }

  @Test
  default void aRedeliveredGrantCountsOnce() throws Exception {
    var user = quickScale().newUser();
    var admin = quickScale().admin().with("Idempotency-Key", "payment-" + user.id());

    List<Reply> replies =
        AtOnce.times(
            10,
            10,
            () ->
                admin.post(
                    "/api/v1/admin/users/" + user.id() + "/grants",
                    object("kind", "pay_as_you_go", "amount", 50, "description", "payment")));

    assertThat(replies).extracting(Reply::status).isSubsetOf(201, 409).contains(201);
    assertThat(user.available()).isEqualTo("50");
  }
}
