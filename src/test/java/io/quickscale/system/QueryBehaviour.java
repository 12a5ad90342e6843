package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A query parameter counts or is refused; none is ignored. */
interface QueryBehaviour {
  QuickScale quickScale();

  @Test
  default void aParameterThatAnEndpointDoesNotKnowIsNamed() {
    var user = quickScale().newUser(1);
    var admin = quickScale().admin();

    assertRefused(user.get("/api/v1/usage?lmit=5"), "lmit");
    assertRefused(user.get("/api/v1/usage/summary?form=x"), "form");
    assertRefused(user.get("/api/v1/credits?x=1"), "x");
    assertRefused(user.get("/api/v1/me?x"), "x");
    assertRefused(user.get("/api/v1/api-keys?limit=x"), "limit");
    assertRefused(quickScale().anybody().get("/api/v1/services?category=data"), "category");
    assertRefused(admin.get("/api/v1/admin/users?email=x"), "email");
    assertRefused(admin.get("/api/v1/admin/ledger/verify?x=1"), "x");
  }

  @Test
  default void aParameterOfARunIsRefusedBeforeItIsCharged() {
    var user = quickScale().newUser(1);

    Reply reply =
        user.post("/api/v1/services/sentiment_analysis/run?dry_run=true", object("text", "good"));

    assertRefused(reply, "dry_run");
    assertThat(user.available()).isEqualTo("1");
    assertThat(user.usageCount()).isZero();
  }

  @Test
  default void aParameterOfAChangeIsRefusedBeforeAnythingChanges() {
    var user = quickScale().newUser();

    assertRefused(user.post("/api/v1/api-keys?name=laptop", object()), "name");
    String key = user.get("/api/v1/api-keys").items().getJsonObject(0).getString("id");
    assertRefused(user.delete("/api/v1/api-keys/" + key + "?dry_run=true"), "dry_run");

    assertThat(user.get("/api/v1/api-keys").expect(200).items()).hasSize(1);
  }

  @Test
  default void aValueThatCannotBeReadIsNamed() {
    var user = quickScale().newUser();

    assertRefused(user.get("/api/v1/usage?limit=5&limit=6"), "limit");
    assertRefused(user.get("/api/v1/usage?limit=0"), "limit");
    assertRefused(user.get("/api/v1/usage?cursor=nonsense"), "cursor");
    assertRefused(user.get("/api/v1/usage?service=%00"), "service");
    assertRefused(user.get("/api/v1/usage?service=%ff"), "service");
    assertRefused(user.get("/api/v1/usage/summary?group_by=moon"), "group_by");
    assertRefused(user.get("/api/v1/usage/summary?from=yesterday&to=2026-11-22"), "from", "to");
  }

  @Test
  default void whoeverMayNotIsToldThatBeforeWhatIsWrongWithTheQuery() {
    quickScale().anybody().get("/api/v1/usage?lmit=5").expectProblem(401, "unauthenticated");
    quickScale().newUser().get("/api/v1/admin/users?email=x").expectProblem(403, "forbidden");
  }

  @Test
  default void theLedgerAsCsvTakesTheParametersOfTheLedger() {
    var user = quickScale().newUser();
    for (int i = 0; i < 3; i++) {
      quickScale().grant(user, "pay_as_you_go", 1);
    }
    var csv = user.with("Accept", "text/csv");

    String[] first =
        csv.get("/api/v1/credits/transactions?limit=2").expect(200).body().split("\r\n");
    String last = first[2].replaceAll(",.*", "");
    String[] rest =
        csv.get("/api/v1/credits/transactions?cursor=" + last).expect(200).body().split("\r\n");

    assertThat(first).hasSize(3);
    assertThat(rest).hasSize(2);
    assertThat(rest[0]).isEqualTo(first[0]);
    assertThat(csv.get("/api/v1/credits/transactions").expect(200).body().split("\r\n")).hasSize(4);
    assertRefused(csv.get("/api/v1/credits/transactions?lmit=2"), "lmit");
    assertRefused(csv.get("/api/v1/credits/transactions?limit=0"), "limit");
  }

  private static void assertRefused(Reply reply, String... fields) {
    reply.expectProblem(400, "invalid_input");
    assertThat(reply.json().getJsonArray("violations").getValuesAs(JsonObject.class))
        .extracting(violation -> violation.getString("field"))
        .containsExactly(fields);
  }
}
