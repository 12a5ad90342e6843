package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators do, and what the ledger and the audit log say of it. */
interface AdministrationBehaviour {
  QuickScale quickScale();

  @Test
  default void aPriceThatChangesCountsAtOnceAndIsInTheAuditLog() {
    var user = quickScale().newUser(10);
    user.run("fallback", object("text", "a")).expect(200);

    change(
        "fallback", Json.createObjectBuilder().add("credit_cost", new BigDecimal("2.5")).build());
    Reply dear = user.run("fallback", object("text", "a")).expect(200);
    change("fallback", Json.createObjectBuilder().add("credit_cost", 1).build());

    assertThat(dear.number("credits_consumed")).isEqualTo("2.5");
    assertThat(user.available()).isEqualTo("6.5");
    JsonObject entry = quickScale().admin().get("/api/v1/admin/audit-log").items().getJsonObject(0);
    assertThat(entry.getString("action")).isEqualTo("change_service");
    assertThat(entry.getString("actor")).isEqualTo("admin@localhost");
    assertThat(entry.getJsonObject("before").getJsonNumber("credit_cost").toString())
        .isEqualTo("2.5");
    assertThat(entry.getJsonObject("after").getJsonNumber("credit_cost").toString()).isEqualTo("1");
  }

  @Test
  default void aDeactivatedServiceIsShownAndCannotBeRun() {
    var user = quickScale().newUser(10);
    quickScale().admin().post("/api/v1/admin/services/breaker/deactivate", object()).expect(200);

    user.run("breaker", object("outcome", "fine")).expectProblem(503, "service_inactive");
    JsonObject shown = user.get("/api/v1/services/breaker").expect(200).json();
    quickScale().admin().post("/api/v1/admin/services/breaker/activate", object()).expect(200);

    assertThat(shown.getBoolean("active")).isFalse();
    assertThat(shown.getBoolean("available")).isFalse();
    assertThat(shown.getString("unavailable_reason")).contains("deactivated");
    assertThat(user.available()).isEqualTo("10");
  }

  @Test
  default void settingsThatMakeNoSenseAreRefused() {
    refusedChange(Json.createObjectBuilder().add("credit_cost", -1).build());
    refusedChange(
        Json.createObjectBuilder().add("credit_cost", new BigDecimal("0.0000001")).build());
    refusedChange(object("failure_policy", "sometimes"));
    refusedChange(object("price", 1));
    refusedChange(
        Json.createObjectBuilder().add("limits", object("max_concurrent_runs", 0)).build());
  }

  @Test
  default void aGrantMustMakeSense() {
    var user = quickScale().newUser();

    refusedGrant(user, object("kind", "gift", "amount", 5));
    refusedGrant(user, object("kind", "pay_as_you_go", "amount", 0));
    refusedGrant(user, object("kind", "pay_as_you_go", "amount", -5));
    refusedGrant(user, object("kind", "pay_as_you_go"));
    refusedGrant(user, object("kind", "subscription", "amount", 5));
    refusedGrant(
        user, object("kind", "subscription", "amount", 5, "expires_at", "2020-01-01T00:00:00Z"));
    refusedGrant(user, object("kind", "pay_as_you_go", "amount", 5, "expires_at", "tomorrow"));
    assertThat(user.available()).isEqualTo("0");
    assertThat(user.get("/api/v1/credits/transactions").items()).isEmpty();
  }

  @Test
  default void anExpiredGrantNeverPaysAndTheLedgerSaysWhereItWent() {
    var user = quickScale().newUser();
    String end = quickScale().now().plus(Duration.ofMinutes(1)).toString();
    quickScale().grant(user, "promotional", 20, end);

    quickScale().forwardSeconds(60);

    user.run("outcome", object("outcome", "fine")).expectProblem(402, "insufficient_credits");
    Eventually.holds(
        () ->
            assertThat(
                    user.get("/api/v1/credits/transactions")
                        .items()
                        .getJsonObject(0)
                        .getString("kind"))
                .isEqualTo("expiry"));
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void usageIsSummedByDayAndService() {
    var user = quickScale().newUser(100);
    user.run("outcome", object("outcome", "fine")).expect(200);
    user.run("outcome", object("outcome", "failure"));
    user.run("flaky", object("failures", 0, "invalid", false)).expect(200);

    Reply summary = user.get("/api/v1/usage/summary?group_by=day,service").expect(200);

    assertThat(summary.items()).hasSize(2);
    JsonObject outcome = summary.items().getJsonObject(1);
    assertThat(outcome.getString("service")).isEqualTo("outcome");
    assertThat(outcome.getString("day")).isEqualTo(quickScale().now().toString().substring(0, 10));
    assertThat(outcome.getInt("runs")).isEqualTo(2);
    assertThat(outcome.getInt("succeeded")).isEqualTo(1);
    assertThat(outcome.getInt("credits_consumed")).isEqualTo(20);
    assertThat(user.get("/api/v1/usage/summary").items()).hasSize(1);
  }

  @Test
  default void anAdminSeesAnAccountAsItsUserDoes() {
    var user = quickScale().newUser(30);
    user.run("outcome", object("outcome", "fine")).expect(200);
    String path = "/api/v1/admin/users/" + user.id();

    assertThat(quickScale().admin().get(path + "/credits").number("available_credits"))
        .isEqualTo("10");
    assertThat(quickScale().admin().get(path + "/transactions").items()).hasSize(2);
    assertThat(quickScale().admin().get(path + "/usage").items()).hasSize(1);
    assertThat(quickScale().admin().get(path).text("id")).isEqualTo(user.id());
  }

  @Test
  default void anEmailAddressIsTakenOnce() {
    String email = "twice-" + System.nanoTime() + "@example.org";
    quickScale().admin().post("/api/v1/admin/users", object("email", email)).expect(201);

    quickScale()
        .admin()
        .post("/api/v1/admin/users", object("email", email))
        .expectProblem(409, "conflict");
    quickScale()
        .admin()
        .post("/api/v1/admin/users", object("email", "nonsense"))
        .expectProblem(400, "invalid_input");
    quickScale()
        .admin()
        .post("/api/v1/admin/users", object("email", "a@example.org", "role", "king"))
        .expectProblem(400, "invalid_input");
  }

  @Test
  default void equalUsersAtOnceAreOneUserAndConflicts() throws Exception {
    String email = "race-" + System.nanoTime() + "@example.org";

    var replies =
        AtOnce.times(
            8, 8, () -> quickScale().admin().post("/api/v1/admin/users", object("email", email)));

    assertThat(replies).extracting(Reply::status).isSubsetOf(201, 409).containsOnlyOnce(201);
  }

  @Test
  default void anAddressIsOneUserHoweverItIsWritten() {
    String name = "one" + System.nanoTime();
    var admin = quickScale().admin();
    Reply made =
        admin
            .post(
                "/api/v1/admin/users",
                object("email", "\uff2f" + name.substring(1) + "@m\u00fcnchen.de"))
            .expect(201);

    assertThat(made.text("email")).isEqualTo(name + "@xn--mnchen-3ya.de");
    for (String other : List.of("@M\u00dcNCHEN.DE", "@mu\u0308nchen.de", "@xn--mnchen-3ya.de")) {
      admin
          .post("/api/v1/admin/users", object("email", name + other))
          .expectProblem(409, "conflict");
      assertThat(
              QuickScale.ids(
                  admin.get("/api/v1/admin/users?email=" + encode(name + other)).expect(200)))
          .containsExactly(made.text("id"));
    }
    assertThat(admin.get("/api/v1/admin/users?email=no" + name + "@x.org").items()).isEmpty();
    admin.get("/api/v1/admin/users?email=x").expectProblem(400, "invalid_input");
  }

  @Test
  default void anAddressThatCouldPassForAnotherIsRefused() {
    for (String email :
        List.of("a\u200bbc@x.org", "\u0430bc@x.org", "a bc@x.org", "\"abc\"@x.org")) {
      Reply refused = quickScale().admin().post("/api/v1/admin/users", object("email", email));

      refused.expectProblem(400, "invalid_input");
      assertThat(refused.json().getJsonArray("violations").getJsonObject(0).getString("field"))
          .isEqualTo("email");
    }
  }

  private void change(String service, JsonObject settings) {
    quickScale().admin().put("/api/v1/admin/services/" + service, settings).expect(200);
  }

  private void refusedChange(JsonObject settings) {
    quickScale()
        .admin()
        .put("/api/v1/admin/services/outcome", settings)
        .expectProblem(400, "invalid_input");
  }

  private void refusedGrant(QuickScale.Caller user, JsonObject grant) {
    quickScale()
        .admin()
        .post("/api/v1/admin/users/" + user.id() + "/grants", grant)
        .expectProblem(400, "invalid_input");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
