package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is let in, and to what. */
interface AccessBehaviour {
  QuickScale quickScale();

  @Test
  default void theCatalogueIsOpenToAnybodyAndNothingElseIs() {
    var anybody = quickScale().anybody();

    anybody.get("/api/v1/services").expect(200);
    anybody.get("/api/v1/services/sentiment_analysis").expect(200);
    anybody.get("/api/v1/credits").expectProblem(401, "unauthenticated");
    anybody.get("/api/v1/me").expectProblem(401, "unauthenticated");
    anybody.get("/api/v1/services/outcome/credits").expectProblem(401, "unauthenticated");
    anybody.run("free_echo", object("text", "hello")).expectProblem(401, "unauthenticated");
    anybody.get("/api/v1/admin/users").expectProblem(401, "unauthenticated");
  }

  @Test
  default void whoeverMayNotIsToldThatBeforeWhatIsWrongWithTheBody() {
    for (String body : new String[] {"", "nonsense"}) {
      quickScale()
          .anybody()
          .send("POST", "/api/v1/api-keys", body)
          .expectProblem(401, "unauthenticated");
      quickScale()
          .newUser()
          .send("POST", "/api/v1/admin/users", body)
          .expectProblem(403, "forbidden");
    }
  }

  @Test
  default void aWrongKeyIsRefusedEvenWhereNoneIsNeeded() {
    String known = quickScale().newUser().key();
    String wrongSecret = known.substring(0, known.length() - 4) + "AAAA";

    for (String key : new String[] {"nonsense", "qs_nobody_0123456789abcdef", wrongSecret, ""}) {
      quickScale().withKey(key).get("/api/v1/credits").expectProblem(401, "unauthenticated");
      quickScale().withKey(key).get("/api/v1/services").expectProblem(401, "unauthenticated");
    }
  }

  @Test
  default void aKeyIsTakenFromEitherHeader() {
    var user = quickScale().newUser();

    Reply me = quickScale().anybody().with("X-API-Key", user.key()).get("/api/v1/me").expect(200);

    assertThat(me.json().getJsonObject("user").getString("id")).isEqualTo(user.id());
    assertThat(me.json().getJsonArray("roles").toString()).isEqualTo("[\"user\"]");
  }

  @Test
  default void onlyAdminsAdminister() {
    var user = quickScale().newUser();

    user.get("/api/v1/admin/users").expectProblem(403, "forbidden");
    user.get("/api/v1/admin/ledger/verify").expectProblem(403, "forbidden");
    user.put("/api/v1/admin/services/outcome", object("credit_cost", 0))
        .expectProblem(403, "forbidden");
    user.post(
            "/api/v1/admin/users/" + user.id() + "/grants",
            object("kind", "pay_as_you_go", "amount", 5))
        .expectProblem(403, "forbidden");
    assertThat(user.available()).isEqualTo("0");
  }

  @Test
  default void whatIsAnotherUsersIsNotThere() {
    var owner = quickScale().newUser(20);
    var other = quickScale().newUser(20);
    String usage = owner.run("outcome", object("outcome", "fine")).expect(200).text("usage_id");
    String key = owner.get("/api/v1/api-keys").items().getJsonObject(0).getString("id");

    other.get("/api/v1/usage/" + usage).expectProblem(404, "not_found");
    other.delete("/api/v1/api-keys/" + key).expectProblem(404, "not_found");
    other.post("/api/v1/api-keys/" + key + "/rotate", object()).expectProblem(404, "not_found");
    owner.get("/api/v1/me").expect(200);
  }

  @Test
  default void anInactiveUserIsLockedOutAtOnceAndKeepsEverything() {
    var user = quickScale().newUser(20);
    user.get("/api/v1/me").expect(200);
    String path = "/api/v1/admin/users/" + user.id();

    quickScale().admin().patch(path, object("active", false)).expect(200);
    user.get("/api/v1/me").expectProblem(401, "unauthenticated");
    user.run("outcome", object("outcome", "fine")).expectProblem(401, "unauthenticated");
    quickScale().admin().patch(path, object("active", true)).expect(200);

    assertThat(user.available()).isEqualTo("20");
  }

  @Test
  default void aSecretIsShownOnce() {
    var user = quickScale().newUser();

    Reply made = user.post("/api/v1/api-keys", object("name", "laptop")).expect(201);
    String secret = made.text("key");

    assertThat(secret).matches("qs_[a-z0-9]+_[A-Za-z0-9_-]{43}");
    Reply keys = user.get("/api/v1/api-keys").expect(200);
    assertThat(keys.body())
        .contains("laptop")
        .doesNotContain(secret.substring(secret.length() - 20));
    quickScale().withKey(secret).get("/api/v1/me").expect(200);
  }

  @Test
  default void aRevokedKeyNoLongerCounts() {
    var user = quickScale().newUser();
    Reply made = user.post("/api/v1/api-keys", object("name", "lost")).expect(201);
    quickScale().withKey(made.text("key")).get("/api/v1/me").expect(200);

    user.delete("/api/v1/api-keys/" + made.text("id")).expect(204);

    quickScale().withKey(made.text("key")).get("/api/v1/me").expectProblem(401, "unauthenticated");
    user.get("/api/v1/me").expect(200);
  }

  @Test
  default void anAdminListsAUsersKeysAndRevokesOne() {
    var user = quickScale().newUser();
    Reply lost = user.post("/api/v1/api-keys", object("name", "lost")).expect(201);
    String keys = "/api/v1/admin/users/" + user.id() + "/api-keys";
    String path = "/api/v1/admin/api-keys/" + lost.text("id");
    quickScale().withKey(lost.text("key")).get("/api/v1/me").expect(200);

    Reply listed = quickScale().admin().get(keys).expect(200);
    user.delete(path).expectProblem(403, "forbidden");
    quickScale().admin().delete(path).expect(204);

    assertThat(listed.items()).hasSize(2);
    assertThat(listed.items().getJsonObject(0).getString("id")).isEqualTo(lost.text("id"));
    assertThat(listed.body()).doesNotContain(lost.text("key").substring(20));
    quickScale().withKey(lost.text("key")).get("/api/v1/me").expectProblem(401, "unauthenticated");
    user.get("/api/v1/me").expect(200);
    assertThat(quickScale().admin().get(keys).items().getJsonObject(0)).containsKey("revoked_at");
    assertThat(quickScale().newestAuditEntry().getString("target"))
        .isEqualTo("api_key/" + lost.text("id"));
    assertThat(quickScale().newestAuditEntry().getString("action")).isEqualTo("revoke_api_key");
  }

  @Test
  default void aKeyOrUserThatIsNotThereIsNotFound() {
    var admin = quickScale().admin();

    admin.get("/api/v1/admin/users/nonsense/api-keys").expectProblem(404, "not_found");
    admin.get("/api/v1/admin/users/0SAEQMYKM041M/api-keys").expectProblem(404, "not_found");
    admin.delete("/api/v1/admin/api-keys/nonsense").expectProblem(404, "not_found");
    admin.delete("/api/v1/admin/api-keys/0SAEQMYKM041M").expectProblem(404, "not_found");
  }

  @Test
  default void aRotatedKeyCountsForItsGracePeriod() {
    var user = quickScale().newUser();
    Reply old = user.post("/api/v1/api-keys", object("name", "old")).expect(201);

    String fresh =
        user.post("/api/v1/api-keys/" + old.text("id") + "/rotate", object())
            .expect(201)
            .text("key");

    quickScale().withKey(fresh).get("/api/v1/me").expect(200);
    quickScale().withKey(old.text("key")).get("/api/v1/me").expect(200);
    quickScale().forwardSeconds(Duration.ofHours(2).toSeconds());
    quickScale().withKey(old.text("key")).get("/api/v1/me").expectProblem(401, "unauthenticated");
    quickScale().withKey(fresh).get("/api/v1/me").expect(200);
  }

  @Test
  default void anExpiryReadsTheSameWhenItIsGivenAndEverAfter() {
    var user = quickScale().newUser();
    String nanos = "2099-01-01T00:00:00.123456789Z";

    String given =
        user.post("/api/v1/api-keys", object("name", "exact", "expires_at", nanos))
            .expect(201)
            .text("expires_at");
    String grant =
        quickScale()
            .admin()
            .post(
                "/api/v1/admin/users/" + user.id() + "/grants",
                object("kind", "admin", "amount", 1, "expires_at", nanos))
            .expect(201)
            .text("expires_at");

    assertThat(given).isEqualTo("2099-01-01T00:00:00.123456Z").isEqualTo(grant);
    assertThat(user.get("/api/v1/api-keys").body()).contains("\"" + given + "\"");
    assertThat(user.get("/api/v1/credits").body()).contains("\"" + grant + "\"");
  }

  @Test
  default void aKeyEndsWithItsExpiry() {
    var user = quickScale().newUser();
    String end = quickScale().now().plus(Duration.ofHours(1)).toString();
    String key =
        user.post("/api/v1/api-keys", object("name", "short", "expires_at", end))
            .expect(201)
            .text("key");
    quickScale().withKey(key).get("/api/v1/me").expect(200);

    quickScale().forwardSeconds(3600);

    quickScale().withKey(key).get("/api/v1/me").expectProblem(401, "unauthenticated");
  }

  @Test
  default void adminsCannotLockThemselvesOut() {
    String id = quickScale().admin().get("/api/v1/me").json().getJsonObject("user").getString("id");

    quickScale()
        .admin()
        .patch("/api/v1/admin/users/" + id, object("active", false))
        .expectProblem(409, "conflict");
    quickScale().admin().get("/api/v1/me").expect(200);
  }
}
