package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators take back, and what the audit log keeps of it. */
interface TakingBackBehaviour {
  QuickScale quickScale();

  @Test
  default void aVoidTakesWhatIsLeftAndNoMore() {
    var user = quickScale().newUser();
    String grant = quickScale().grant(user, "promotional", 50);
    user.run("outcome", object("outcome", "fine")).expect(200);
    String path = "/api/v1/admin/grants/" + grant + "/void";

    Reply taken = quickScale().admin().post(path, object("reason", "mistake")).expect(200);

    assertThat(taken.number("voided_credits")).isEqualTo("30");
    quickScale().admin().post(path, object("reason", "again")).expectProblem(409, "conflict");
    assertThat(user.available()).isEqualTo("0");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void aGrantThatHasExpiredIsNotVoided() {
    var user = quickScale().newUser();
    String end = quickScale().now().plus(Duration.ofMinutes(1)).toString();
    String grant = quickScale().grant(user, "promotional", 5, end);
    String path = "/api/v1/admin/grants/" + grant + "/void";

    quickScale().forwardSeconds(60);
    quickScale().admin().post(path, object()).expectProblem(409, "conflict");
    Eventually.holds(() -> assertThat(user.get("/api/v1/credits/transactions").items()).hasSize(2));
    quickScale().admin().post(path, object()).expectProblem(409, "conflict");

    assertThat(user.get("/api/v1/credits").body()).contains("\"state\":\"expired\"");
    assertThat(quickScale().newestAuditEntry().getString("action")).isEqualTo("give_grant");
  }

  @Test
  default void aRefundGivesBackWhatARunCostOnce() {
    var user = quickScale().newUser(20);
    String usage = user.run("outcome", object("outcome", "fine")).expect(200).text("usage_id");
    String path = "/api/v1/admin/usage/" + usage + "/refund";

    Reply refund = quickScale().admin().post(path, object("reason", "goodwill")).expect(200);
    quickScale().admin().post(path, object("reason", "goodwill")).expectProblem(409, "conflict");

    assertThat(refund.number("refunded_credits")).isEqualTo("20");
    assertThat(refund.number("forfeited_credits")).isEqualTo("0");
    assertThat(user.available()).isEqualTo("20");
    assertThat(user.get("/api/v1/usage/" + usage).number("refunded")).isEqualTo("20");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void aGrantThatIsUsedUpIsNotVoided() {
    var user = quickScale().newUser();
    String grant = quickScale().grant(user, "promotional", 20);
    String usage = user.run("outcome", object("outcome", "fine")).expect(200).text("usage_id");
    String path = "/api/v1/admin/grants/" + grant + "/void";

    quickScale().admin().post(path, object()).expectProblem(409, "conflict");
    quickScale().admin().post("/api/v1/admin/usage/" + usage + "/refund", object()).expect(200);

    assertThat(user.available()).isEqualTo("20");
    assertThat(quickScale().admin().post(path, object()).expect(200).number("voided_credits"))
        .isEqualTo("20");
  }

  @Test
  default void aRefundSaysWhatOfItWentToGrantsThatCannotPayAnyMore() {
    var user = quickScale().newUser();
    var admin = quickScale().admin();
    quickScale()
        .grant(user, "promotional", 5, quickScale().now().plus(Duration.ofMinutes(1)).toString());
    String voided = quickScale().grant(user, "promotional", 20);
    quickScale().grant(user, "admin", 15);
    String both = user.run("outcome", object("outcome", "fine")).expect(200).text("usage_id");
    String other = user.run("outcome", object("outcome", "fine")).expect(200).text("usage_id");
    quickScale().forwardSeconds(60);

    Reply expired = admin.post("/api/v1/admin/usage/" + both + "/refund", object()).expect(200);
    admin.post("/api/v1/admin/grants/" + voided + "/void", object()).expect(200);
    Reply gone = admin.post("/api/v1/admin/usage/" + other + "/refund", object()).expect(200);

    assertThat(expired.number("refunded_credits")).isEqualTo("20");
    assertThat(expired.number("forfeited_credits")).isEqualTo("5");
    assertThat(expired.number("available_credits")).isEqualTo("15");
    assertThat(gone.number("refunded_credits")).isEqualTo("20");
    assertThat(gone.number("forfeited_credits")).isEqualTo("5");
    assertThat(user.available()).isEqualTo("15");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  default void whatCostNothingCannotBeRefunded() {
    var user = quickScale().newUser(20);
    Reply failed = user.run("outcome", object("outcome", "failure"));

    quickScale()
        .admin()
        .post("/api/v1/admin/usage/" + failed.text("usage_id") + "/refund", object())
        .expectProblem(409, "conflict");
  }

  @Test
  default void theAuditLogSaysWhatAVoidAndARefundFoundAndLeft() {
    var user = quickScale().newUser();
    String grant = quickScale().grant(user, "promotional", 50);
    String usage = user.run("outcome", object("outcome", "fine")).expect(200).text("usage_id");
    var admin = quickScale().admin();

    admin.post("/api/v1/admin/usage/" + usage + "/refund", object("reason", "kind")).expect(200);
    JsonObject refund = quickScale().newestAuditEntry();
    admin.post("/api/v1/admin/grants/" + grant + "/void", object("reason", "wrong")).expect(200);
    JsonObject voiding = quickScale().newestAuditEntry();

    String account = admin.get("/api/v1/admin/users/" + user.id()).text("account_id");
    for (JsonObject entry : List.of(refund, voiding)) {
      assertThat(entry.getJsonObject("before").getString("account_id")).isEqualTo(account);
      assertThat(entry.getJsonObject("after").getString("account_id")).isEqualTo(account);
    }
    assertThat(refund.getJsonObject("before").getInt("paid")).isEqualTo(20);
    assertThat(refund.getJsonObject("after").getInt("paid")).isZero();
    assertThat(refund.getJsonObject("after").getInt("refunded")).isEqualTo(20);
    assertThat(refund.getJsonObject("after").getString("reason")).isEqualTo("kind");
    assertThat(voiding.getJsonObject("before").getInt("remaining")).isEqualTo(50);
    assertThat(voiding.getJsonObject("after").getInt("remaining")).isZero();
    assertThat(voiding.getJsonObject("after").getInt("voided")).isEqualTo(50);
  }

  @Test
  default void whatChangesNothingIsNotInTheAuditLog() {
    var user = quickScale().newUser();
    String users = "/api/v1/admin/users/" + user.id();
    String service = "/api/v1/admin/services/metered";
    var admin = quickScale().admin();
    String key = user.get("/api/v1/api-keys").items().getJsonObject(0).getString("id");
    admin.delete("/api/v1/admin/api-keys/" + key).expect(204);
    JsonObject settings = admin.get("/api/v1/services/metered").expect(200).json();
    String newest = quickScale().newestAuditEntry().getString("id");

    admin.delete("/api/v1/admin/api-keys/" + key).expect(204);
    admin.patch(users, object("active", true, "role", "user")).expect(200);
    admin
        .put(
            service,
            Json.createObjectBuilder()
                .add("credit_cost", settings.get("credit_cost"))
                .add("description", settings.get("description"))
                .build())
        .expect(200);
    Reply unchanged = admin.post(service + "/activate", object()).expect(200);

    assertThat(quickScale().newestAuditEntry().getString("id")).isEqualTo(newest);
    assertThat(unchanged.text("updated_at")).isEqualTo(settings.getString("updated_at"));
  }

  @Test
  default void aServiceWhoseClassIsGoneCanBeForgotten() {
    var user = quickScale().newUser();
    var admin = quickScale().admin();
    quickScale()
        .sql(
            "insert into service_definition (name, description, category, credit_cost_micros,"
                + " unit_prices, active, failure_policy, created_at, updated_at, version)"
                + " select 'gone_service', description, category, credit_cost_micros, unit_prices,"
                + " active, failure_policy, created_at, updated_at, version"
                + " from service_definition where name = 'outcome'");
    Eventually.holds(() -> user.get("/api/v1/services/gone_service").expect(200));
    user.run("gone_service", object()).expectProblem(503, "service_inactive");

    user.delete("/api/v1/admin/services/gone_service").expectProblem(403, "forbidden");
    admin.delete("/api/v1/admin/services/gone_service").expect(204);

    JsonObject entry = quickScale().newestAuditEntry();
    assertThat(entry.getString("action")).isEqualTo("forget_service");
    assertThat(entry.getString("target")).isEqualTo("service/gone_service");
    assertThat(entry.getJsonObject("before").getInt("credit_cost")).isEqualTo(20);
    user.get("/api/v1/services/gone_service").expectProblem(404, "service_not_found");
    admin.delete("/api/v1/admin/services/gone_service").expectProblem(404, "service_not_found");
  }

  @Test
  default void aServiceThatIsDeployedIsNotForgotten() {
    var admin = quickScale().admin();

    admin.delete("/api/v1/admin/services/outcome").expectProblem(409, "conflict");

    assertThat(admin.get("/api/v1/services/outcome").expect(200).json().getBoolean("available"))
        .isTrue();
  }

  /** During a roll-out: a node that has the new version forgets what this one still has. */
  @Test
  default void aServiceThatAnotherNodeForgetsBeginsAnewWhereItIsDeployed() {
    var user = quickScale().newUser(2);
    quickScale()
        .admin()
        .put("/api/v1/admin/services/fallback", object("credit_cost", 2, "category", "forgotten"))
        .expect(200);

    quickScale().sql("delete from service_definition where name = 'fallback'");

    Eventually.holds(
        () -> {
          JsonObject anew = user.get("/api/v1/services/fallback").expect(200).json();
          assertThat(anew.getInt("credit_cost")).isEqualTo(1);
          assertThat(anew.getString("category")).isNotEqualTo("forgotten");
        });
    user.run("fallback", object("text", "a")).expect(200);
    assertThat(user.available()).isEqualTo("1");
  }
}
