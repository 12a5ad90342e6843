package io.quickscale.system;

import static io.quickscale.system.QuickScale.ids;
import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists are read in pages, narrowed, and as files. */
interface ListBehaviour {
  QuickScale quickScale();

  @Test
  default void theLedgerIsReadInPagesAndAsCsv() {
    var user = quickScale().newUser(100);
    for (int i = 0; i < 3; i++) {
      user.run("outcome", object("outcome", "fine")).expect(200);
    }

    Reply first = user.get("/api/v1/credits/transactions?limit=3").expect(200);
    Reply rest =
        user.get("/api/v1/credits/transactions?cursor=" + first.text("next_cursor")).expect(200);
    String csv =
        user.with("Accept", "text/csv").get("/api/v1/credits/transactions").expect(200).body();

    assertThat(first.items()).hasSize(3);
    assertThat(rest.items()).hasSize(1);
    assertThat(rest.items().getJsonObject(0).getString("kind")).isEqualTo("grant");
    assertThat(csv.lines()).hasSize(5).first().asString().startsWith("id,created_at,kind,amount");
  }

  @Test
  default void usersAreListedNewestFirstAndInPages() {
    String oldest = quickScale().newUser().id();
    String middle = quickScale().newUser().id();
    String newest = quickScale().newUser().id();
    var admin = quickScale().admin();

    Reply first = admin.get("/api/v1/admin/users?limit=2").expect(200);
    Reply second =
        admin.get("/api/v1/admin/users?limit=2&cursor=" + first.text("next_cursor")).expect(200);

    assertThat(ids(first)).containsExactly(newest, middle);
    assertThat(ids(second)).hasSize(2).startsWith(oldest);
  }

  @Test
  default void usageIsNarrowedByPeriodServiceAndStatus() {
    var user = quickScale().newUser(100);
    user.run("outcome", object("outcome", "failure"));
    String begin = onlyUsage(user).getString("started_at");
    quickScale().forwardSeconds(60);
    user.run("outcome", object("outcome", "fine")).expect(200);
    String middle = user.get("/api/v1/usage").items().getJsonObject(0).getString("started_at");
    quickScale().forwardSeconds(60);
    user.run("flaky", object("failures", 0, "invalid", false)).expect(200);

    for (String list : List.of("/api/v1/usage", "/api/v1/admin/users/" + user.id() + "/usage")) {
      var caller = list.contains("admin") ? quickScale().admin() : user;
      assertThat(services(caller.get(list + "?from=" + middle)))
          .containsExactly("flaky", "outcome");
      assertThat(services(caller.get(list + "?to=" + middle))).containsExactly("outcome");
      assertThat(services(caller.get(list + "?from=" + begin + "&to=" + middle)))
          .containsExactly("outcome");
      assertThat(services(caller.get(list + "?status=succeeded")))
          .containsExactly("flaky", "outcome");
      assertThat(services(caller.get(list + "?status=failed&service=outcome"))).hasSize(1);
      assertThat(services(caller.get(list + "?status=running"))).isEmpty();
      assertThat(services(caller.get(list + "?from=0001-01-01T00:00:00Z&to=9999-12-31T00:00:00Z")))
          .hasSize(3);
      caller.get(list + "?from=" + middle + "&to=" + begin).expectProblem(400, "invalid_input");
      caller.get(list + "?status=nonsense").expectProblem(400, "invalid_input");
    }
  }

  @Test
  default void pagesOfANarrowedListGoOn() {
    var user = quickScale().newUser(100);
    for (int i = 0; i < 3; i++) {
      user.run("outcome", object("outcome", "fine")).expect(200);
      user.run("outcome", object("outcome", "failure"));
    }

    Reply first = user.get("/api/v1/usage?status=succeeded&limit=2").expect(200);
    Reply rest =
        user.get("/api/v1/usage?status=succeeded&limit=2&cursor=" + first.text("next_cursor"))
            .expect(200);

    assertThat(first.items()).hasSize(2);
    assertThat(rest.items()).hasSize(1);
    assertThat(rest.json()).doesNotContainKey("next_cursor");
    assertThat(ids(first)).doesNotContainAnyElementsOf(ids(rest));
  }

  @Test
  default void usageIsReadAsCsv() {
    var user = quickScale().newUser(100);
    user.run("outcome", object("outcome", "fine")).expect(200);
    user.run("outcome", object("outcome", "failure"));
    var csv = user.with("Accept", "text/csv");
    var admin = quickScale().admin().with("Accept", "text/csv");

    Reply all = csv.get("/api/v1/usage").expect(200);
    String[] failed = csv.get("/api/v1/usage?status=failed").expect(200).body().split("\r\n");

    assertThat(all.header("Content-Type")).get().asString().startsWith("text/csv");
    assertThat(all.body().lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith(
            "id,started_at,finished_at,duration_ms,service,status,error_code,attempts,price");
    assertThat(failed).hasSize(2);
    assertThat(failed[1]).contains(",outcome,failed,service_failed,1,20,1,0,0,,");
    assertThat(csv.get("/api/v1/usage?limit=1").body().lines()).hasSize(2);
    assertThat(admin.get("/api/v1/admin/users/" + user.id() + "/usage").expect(200).body())
        .isEqualTo(all.body());
  }

  @Test
  default void aTextInTheLedgersCsvIsNoFormula() {
    var user = quickScale().newUser();
    String grants = "/api/v1/admin/users/" + user.id() + "/grants";
    for (String text : List.of("=1+1", "+1", "-1", "@SUM(1)", "\tx", "\rx")) {
      quickScale()
          .admin()
          .post(grants, object("kind", "admin", "amount", 1, "description", text))
          .expect(201);
    }
    String csv =
        user.with("Accept", "text/csv").get("/api/v1/credits/transactions").expect(200).body();

    assertThat(csv).contains(",'=1+1", ",'+1", ",'-1", ",'@SUM(1)", "'\tx", "'\rx");
    assertThat(csv).contains(",grant,1,");
  }

  @Test
  default void theLedgerIsNarrowedByPeriod() {
    var user = quickScale().newUser();
    quickScale().grant(user, "admin", 1);
    quickScale().forwardSeconds(60);
    quickScale().grant(user, "admin", 2);
    String ledger = "/api/v1/credits/transactions";
    String second = user.get(ledger).items().getJsonObject(0).getString("created_at");

    assertThat(user.get(ledger + "?from=" + second).items()).hasSize(1);
    assertThat(user.get(ledger + "?to=" + second).items().getJsonObject(0).getInt("amount"))
        .isEqualTo(1);
    assertThat(
            user.with("Accept", "text/csv")
                .get(ledger + "?to=" + second)
                .expect(200)
                .body()
                .lines())
        .hasSize(2);
    assertThat(
            quickScale()
                .admin()
                .get("/api/v1/admin/users/" + user.id() + "/transactions?from=" + second)
                .items())
        .hasSize(1);
    user.get(ledger + "?from=" + second + "&to=" + second).expectProblem(400, "invalid_input");
  }

  @Test
  default void theLedgerIsNarrowedByTheRunsThatMovedIt() {
    var user = quickScale().newUser(100);
    var admin = quickScale().admin();
    admin
        .put("/api/v1/admin/services/paid_failure", object("failure_policy", "charge_on_failure"))
        .expect(200);
    String refunded = user.run("outcome", object("outcome", "fine")).expect(200).text("usage_id");
    String flaky =
        user.run("flaky", object("failures", 0, "invalid", false)).expect(200).text("usage_id");
    String failed =
        user.run("paid_failure", object("invalid", false))
            .expectProblem(500, "service_failed")
            .text("usage_id");
    admin.post("/api/v1/admin/usage/" + refunded + "/refund", object()).expect(200);

    for (String list :
        List.of(
            "/api/v1/credits/transactions", "/api/v1/admin/users/" + user.id() + "/transactions")) {
      var caller = list.contains("admin") ? admin : user;
      assertThat(runs(caller.get(list + "?service=outcome"))).containsExactly(refunded, refunded);
      assertThat(runs(caller.get(list + "?status=succeeded")))
          .containsExactly(refunded, flaky, refunded);
      assertThat(runs(caller.get(list + "?status=failed"))).containsExactly(failed);
      assertThat(runs(caller.get(list + "?status=failed&service=flaky"))).isEmpty();
      assertThat(runs(caller.get(list + "?status=running"))).isEmpty();
      caller.get(list + "?status=paid").expectProblem(400, "invalid_input");
      caller.get(list + "?service=Outcome").expectProblem(400, "invalid_input");
    }
  }

  @Test
  default void pagesOfTheNarrowedLedgerGoOnAndItsCsvIsNarrowedToo() {
    String ledger = "/api/v1/credits/transactions?service=outcome";
    var user = quickScale().newUser(100);
    for (int i = 0; i < 3; i++) {
      user.run("outcome", object("outcome", "fine")).expect(200);
      user.run("flaky", object("failures", 0, "invalid", false)).expect(200);
    }

    Reply first = user.get(ledger + "&limit=2").expect(200);
    Reply rest = user.get(ledger + "&limit=2&cursor=" + first.text("next_cursor")).expect(200);
    String csv = user.with("Accept", "text/csv").get(ledger).expect(200).body();

    assertThat(first.items()).hasSize(2);
    assertThat(rest.items()).hasSize(1);
    assertThat(rest.json()).doesNotContainKey("next_cursor");
    assertThat(runs(first)).doesNotContainAnyElementsOf(runs(rest));
    assertThat(csv.lines()).hasSize(4);
  }

  @Test
  default void theLedgerOfOneUserNarrowedShowsNothingOfAnother() {
    var user = quickScale().newUser(100);
    quickScale().newUser(100).run("outcome", object("outcome", "fine")).expect(200);

    assertThat(user.get("/api/v1/credits/transactions?service=outcome").expect(200).items())
        .isEmpty();
  }

  @Test
  default void theAuditLogIsReadInPages() {
    String log = "/api/v1/admin/audit-log";
    var admin = quickScale().admin();
    quickScale().newUser();

    List<String> whole = ids(admin.get(log + "?limit=4").expect(200));
    Reply first = admin.get(log + "?limit=2").expect(200);
    Reply second = admin.get(log + "?limit=2&cursor=" + first.text("next_cursor")).expect(200);

    assertThat(whole).hasSize(4).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(ids(first)).isEqualTo(whole.subList(0, 2));
    assertThat(ids(second)).isEqualTo(whole.subList(2, 4));
  }

  @Test
  default void nonsenseInTheQueryOfAnAdminsListIsRefused() {
    for (String list :
        List.of("audit-log", "users", "users/" + quickScale().newUser().id() + "/usage")) {
      for (String query :
          List.of("limit=0", "limit=501", "cursor=x", "lmit=4", "limit=1&limit=2")) {
        quickScale()
            .admin()
            .get("/api/v1/admin/" + list + "?" + query)
            .expectProblem(400, "invalid_input");
      }
    }
  }

  private static JsonObject onlyUsage(QuickScale.Caller user) {
    var items = user.get("/api/v1/usage").expect(200).items();
    assertThat(items).hasSize(1);
    return items.getJsonObject(0);
  }

  private static List<String> runs(Reply ledger) {
    return ledger.expect(200).items().getValuesAs(JsonObject.class).stream()
        .map(row -> row.getString("usage_id"))
        .toList();
  }

  private static List<String> services(Reply page) {
    return page.expect(200).items().getValuesAs(JsonObject.class).stream()
        .map(item -> item.getString("service"))
        .toList();
  }
}
