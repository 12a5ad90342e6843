package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything about a request that is not its body: what it cannot mean is refused in words. */
interface EdgeBehaviour {
  String JSON = "Content-Type: application/json";
  String GOOD = "{\"text\": \"good\"}";
  String RUN = "POST /api/v1/services/sentiment_analysis/run";
  String VALIDATE = "POST /api/v1/services/sentiment_analysis/validate";

  QuickScale quickScale();

  @Test
  default void aPathThatCannotBeDecodedIsABadRequest() {
    String key = authorization(quickScale().newUser());

    for (String path :
        new String[] {
          "/api/v1/credits%zz",
          "/api/v1/%",
          "/api/v1/credits%2",
          "/%zz",
          "/openapi%zz",
          "/metrics%zz",
          "/api/v1/services/%ff",
          "/api/v1/services/%c0%af",
          "/api/v1/services/\u00c3\u00a9",
          "/api/v1/services/a\\b",
          "/api/v1/me;x=%zz"
        }) {
      raw().send("GET " + path).expectProblem(400, "invalid_input");
      RawHttp.Answer answer = raw().send("GET " + path, key).expectProblem(400, "invalid_input");
      assertThat(answer.json().getString("detail")).startsWith("The path ");
      assertThat(answer.json().getString("instance")).startsWith("/").doesNotContain("internal");
    }
    raw().sendBody(RUN + "%zz", GOOD, key, JSON).expectProblem(400, "invalid_input");
  }

  @Test
  default void aPathToNothingIsAProblemWhateverItHolds() {
    String key = authorization(quickScale().newUser());

    for (String path :
        new String[] {
          "/api/v1/services/%00",
          "/api/v1/services/a%5Cb",
          "/api/v1/services/a%2Fb",
          "/api/v1/services/..",
          "/../../etc/passwd",
          "//api/v1/me",
          "/WEB-INF/web.xml",
          "/web-inf/web.xml",
          "/META-INF/MANIFEST.MF",
          "/internal/error",
          "/nothing"
        }) {
      RawHttp.Answer answer = raw().send("GET " + path, key);
      assertThat(answer.status()).as(path).isIn(400, 404);
      answer.expectProblem(
          answer.status(),
          answer.json().getString("code").equals("service_not_found")
              ? "service_not_found"
              : answer.status() == 400 ? "invalid_input" : "not_found");
    }
  }

  @Test
  default void aQueryThatCannotBeDecodedIsABadRequest() {
    String key = authorization(quickScale().newUser());

    for (String query :
        new String[] {"service=%zz", "service=%ff", "service=\u00e9", "%zz=1", "service=a|b"}) {
      RawHttp.Answer answer =
          raw().send("GET /api/v1/usage?" + query, key).expectProblem(400, "invalid_input");
      assertThat(answer.json().getJsonArray("violations")).hasSize(1);
      raw().send("GET /api/v1/usage?" + query).expectProblem(401, "unauthenticated");
    }
    raw().send("GET /openapi?format=%zz").expectProblem(400, "invalid_input");
    raw().send("GET /?x=%zz").expectProblem(400, "invalid_input");
  }

  @Test
  default void aMethodThatAPathDoesNotTakeIsRefusedWithThoseThatItTakes() {
    for (String target :
        new String[] {
          "POST /",
          "DELETE /",
          "POST /api-docs",
          "POST /openapi",
          "PUT /openapi",
          "POST /metrics",
          "DELETE /nothing.html"
        }) {
      RawHttp.Answer answer = raw().sendBody(target, GOOD, JSON);
      if (answer.status() == 404) {
        answer.expectProblem(404, "not_found");
      } else {
        answer.expectProblem(405, "method_not_allowed");
        assertThat(answer.header("Allow")).as(target).contains("GET, HEAD, OPTIONS");
      }
    }
    raw().send("PUT /api/v1/me").expectProblem(405, "method_not_allowed");
    for (String target : new String[] {"TRACE /api/v1/me", "TRACE /", "get /api/v1/me"}) {
      RawHttp.Answer answer = raw().send(target).expectProblem(405, "method_not_allowed");
      assertThat(answer.header("Allow")).get().asString().contains("GET").doesNotContain("TRACE");
    }
  }

  @Test
  default void whatIsSaidToBeAllowedIsAllowed() {
    String key = authorization(quickScale().newUser());
    for (String path :
        List.of("/", "/api-docs", "/openapi", "/metrics", "/api/v1/me", "/api/v1/services/x/run")) {
      RawHttp.Answer options = raw().send("OPTIONS " + path, key);
      if (options.status() == 404) {
        continue; // WildFly has its metrics elsewhere.
      }
      List<String> allowed = List.of(options.header("Allow").orElseThrow().split(", "));
      assertThat(allowed).as(path).contains("OPTIONS").doesNotContain("TRACE");
      assertThat(allowed.contains("HEAD")).as(path).isEqualTo(allowed.contains("GET"));
      for (String method : allowed) {
        assertThat(raw().send(method + " " + path, key).status())
            .as("%s %s", method, path)
            .isNotEqualTo(405);
      }
    }
  }

  @Test
  default void aHeadIsAnsweredAsTheGetIsWithoutItsBody() {
    for (String path : List.of("/", "/api-docs", "/openapi", "/metrics", "/health/ready")) {
      RawHttp.Answer get = raw().send("GET " + path);
      RawHttp.Answer head = raw().send("HEAD " + path);

      assertThat(head.status()).as(path).isEqualTo(get.status());
      assertThat(head.body()).as(path).isEmpty();
    }
  }

  @Test
  default void aReadOnlyResourceOfTheApiSaysThatItTakesHead() {
    String key = authorization(quickScale().newUser());

    RawHttp.Answer refused = raw().sendBody("POST /api/v1/usage", GOOD, key, JSON);

    refused.expectProblem(405, "method_not_allowed");
    assertThat(refused.header("Allow")).contains("GET, HEAD, OPTIONS");
  }

  @Test
  default void aBodyWhereThereIsNoneIsRefused() {
    var user = quickScale().newUser();
    String key = authorization(user);
    String id = user.get("/api/v1/api-keys").items().getJsonObject(0).getString("id");

    raw().sendBody("GET /api/v1/me", GOOD, key, JSON).expectProblem(400, "invalid_input");
    raw()
        .sendBody("DELETE /api/v1/api-keys/" + id, GOOD, key, JSON)
        .expectProblem(400, "invalid_input");
    raw()
        .sendBody("POST /api/v1/api-keys/" + id + "/rotate", "{\"grace\": 5}", key, JSON)
        .expectProblem(400, "invalid_input");
    raw().sendBody("GET /api/v1/me", GOOD, JSON).expectProblem(401, "unauthenticated");

    assertThat(raw().sendBody("GET /api/v1/me", "{}", key, JSON).status()).isEqualTo(200);
    assertThat(user.get("/api/v1/api-keys").items()).hasSize(1);
  }

  @Test
  default void aHeaderWithOneValueIsGivenOnce() {
    var user = quickScale().newUser(5);
    String key = authorization(user);

    assertRefused(
        "Idempotency-Key",
        raw().sendBody(RUN, GOOD, key, JSON, "Idempotency-Key: a", "idempotency-key: b"));
    assertRefused("Content-Type", raw().sendBody(RUN, GOOD, key, JSON, "Content-Type: text/plain"));
    assertRefused(
        "X-Request-Id", raw().sendBody(RUN, GOOD, key, JSON, "X-Request-Id: a", "X-Request-Id: a"));
    assertRefused("Authorization", raw().sendBody(RUN, GOOD, key, key, JSON));
    assertRefused(
        "X-API-Key",
        raw().sendBody(RUN, GOOD, JSON, "X-API-Key: " + user.key(), "X-API-Key: " + user.key()));
    raw()
        .sendBody(RUN, GOOD, JSON, "Idempotency-Key: a", "Idempotency-Key: b")
        .expectProblem(401, "unauthenticated");

    assertThat(user.available()).isEqualTo("5");
  }

  @Test
  default void aHeaderWithOddCharactersIsAnswered() {
    String key = authorization(quickScale().newUser(5));

    assertRefused(
        "Idempotency-Key", raw().sendBody(RUN, GOOD, key, JSON, "Idempotency-Key: \u00c3\u00a9"));
    raw()
        .send("GET /api/v1/me", "Authorization: Bearer \u00c3\u00a9")
        .expectProblem(401, "unauthenticated");
    raw().send("GET /api/v1/me", key, "X-Other: a\u0001b").expectProblem(400, "invalid_input");
    assertThat(raw().send("GET /api/v1/me", key, "X-Request-Id: \u00c3\u00a9").status())
        .isEqualTo(200);
  }

  @Test
  default void aKeyIsPresentedInOneWay() {
    var user = quickScale().newUser();

    raw()
        .send("GET /api/v1/me", "Authorization: Bearer" + user.key())
        .expectProblem(401, "unauthenticated");
    assertRefused(
        "X-API-Key",
        raw()
            .send(
                "GET /api/v1/me",
                authorization(user),
                "X-API-Key: " + quickScale().newUser().key()));
    assertThat(
            raw().send("GET /api/v1/me", authorization(user), "X-API-Key: " + user.key()).status())
        .isEqualTo(200);
  }

  @Test
  default void whoeverMayNotIsToldThatBeforeAnythingElse() {
    for (String contentType :
        new String[] {
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Type:",
          "Content-Type: nonsense"
        }) {
      raw().sendBody(RUN, GOOD, contentType).expectProblem(401, "unauthenticated");
    }
    raw().sendBody(RUN, GOOD).expectProblem(401, "unauthenticated");
    raw().sendBody(RUN, GOOD, JSON, "Content-Encoding: br").expectProblem(401, "unauthenticated");
    raw().send("GET /api/v1/me", "Accept: image/png").expectProblem(401, "unauthenticated");
    raw().send("GET /api/v1/me", "Accept: nonsense").expectProblem(401, "unauthenticated");
    raw()
        .sendBody(
            "POST /api/v1/admin/users",
            "{}",
            authorization(quickScale().newUser()),
            "Content-Type: text/plain")
        .expectProblem(403, "forbidden");
  }

  @Test
  default void aBodyIsJsonAsItIs() {
    var user = quickScale().newUser(5);
    String key = authorization(user);

    for (String header :
        new String[] {
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Type:",
          "Content-Type: nonsense",
          "Content-Type: application/json;charset=iso-8859-1",
          "X-Other: no content type"
        }) {
      raw().sendBody(RUN, GOOD, key, header).expectProblem(415, "unsupported_media_type");
      raw()
          .sendBody("POST /api/v1/api-keys", "{}", key, header)
          .expectProblem(415, "unsupported_media_type");
    }
    for (String coding : new String[] {"br", "gzip", "identity, gzip"}) {
      RawHttp.Answer answer =
          raw()
              .sendBody(RUN, GOOD, key, JSON, "Content-Encoding: " + coding)
              .expectProblem(415, "unsupported_media_type");
      assertThat(answer.json().getString("detail")).contains("Content-Encoding");
    }
    assertThat(raw().sendBody(VALIDATE, GOOD, key, JSON, "Content-Encoding: identity").status())
        .isEqualTo(200);
    assertThat(user.available()).isEqualTo("5");
    assertThat(user.usageCount()).isZero();
  }

  @Test
  default void theContentTypeSaysWhatIsWritten() {
    var user = quickScale().newUser(1);
    String ledger = "/api/v1/credits/transactions";

    for (String accept :
        new String[] {
          "application/json;charset=utf-16",
          "application/json;foo=bar",
          "*/*;q=0.1",
          "",
          "application/*"
        }) {
      assertThat(user.with("Accept", accept).get(ledger).expect(200).header("Content-Type"))
          .contains("application/json");
    }
    for (String accept :
        new String[] {
          "text/csv;charset=utf-16",
          "text/*",
          "application/json;q=0, */*",
          "application/json;q=0.1, text/csv"
        }) {
      assertThat(
              user.with("Accept", accept)
                  .get(ledger)
                  .expect(200)
                  .header("Content-Type")
                  .orElseThrow())
          .isEqualToIgnoringCase("text/csv;charset=UTF-8");
    }
    assertThat(raw().send("OPTIONS /api/v1/me", "Accept: application/json;foo=bar").head())
        .doesNotContain("foo")
        .doesNotContain("q=");
  }

  @Test
  default void whatIsNotAcceptedIsNotSent() {
    var user = quickScale().newUser();

    for (String accept :
        new String[] {"application/json;q=0", "*/*;q=0", "image/png", "text/csv"}) {
      user.with("Accept", accept).get("/api/v1/me").expectProblem(406, "not_acceptable");
    }
    for (String accept :
        new String[] {"nonsense", "application/json;q=2", "application/json;q=x"}) {
      Reply reply =
          user.with("Accept", accept).get("/api/v1/me").expectProblem(400, "invalid_input");
      assertThat(reply.json().getJsonArray("violations").toString()).contains("\"Accept\"");
    }
  }

  @Test
  default void whatIsMadeSaysWhereItIsAndNotOnWhichHost() {
    var user = quickScale().newUser();
    String admin = authorization(quickScale().admin());
    String evil = "Host: evil.example";

    String email = "\"located-" + System.nanoTime() + "@example.org\"";
    assertLocated(
        "/api/v1/admin/users/",
        raw().sendBody("POST /api/v1/admin/users", "{\"email\":" + email + "}", admin, JSON, evil));
    RawHttp.Answer key =
        raw().sendBody("POST /api/v1/api-keys", "{}", authorization(user), JSON, evil);
    assertLocated("/api/v1/api-keys/", key);
    assertLocated(
        "/api/v1/api-keys/",
        raw()
            .send(
                "POST " + key.header("Location").orElseThrow() + "/rotate",
                authorization(user),
                evil));
    String path = "/api/v1/admin/users/" + user.id();
    assertLocated(
        "/api/v1/admin/api-keys/",
        raw().sendBody("POST " + path + "/api-keys", "{}", admin, JSON, evil));
    String grant = "{\"kind\":\"admin\",\"amount\":1}";
    for (int i = 0; i < 2; i++) {
      assertLocated(
          "/api/v1/admin/grants/",
          raw()
              .sendBody(
                  "POST " + path + "/grants",
                  grant,
                  admin,
                  JSON,
                  evil,
                  "Idempotency-Key: located-" + user.id()));
    }
  }

  @Test
  default void aCallerWhoHangsUpIsNoFaultOfTheServer() {
    var user = quickScale().newUser(5);
    double faults = counted("internal_error");
    double refusals = counted("invalid_input");

    for (int i = 0; i < 3; i++) {
      raw().sendAndLeave(RUN, "{\"text\":", authorization(user), JSON);
      raw().sendAndLeave("POST /api/v1/api-keys", "{\"name\":", authorization(user), JSON);
    }

    Eventually.holds(
        () -> assertThat(counted("invalid_input")).isGreaterThanOrEqualTo(refusals + 6));
    assertThat(counted("internal_error")).isEqualTo(faults);
    assertThat(user.available()).isEqualTo("5");
    assertThat(user.get("/api/v1/api-keys").items()).hasSize(1);
  }

  private double counted(String code) {
    return quickScale()
        .anybody()
        .get("/metrics")
        .expect(200)
        .body()
        .lines()
        .filter(
            line ->
                line.startsWith("quickscale_problems_total{") && line.contains("\"" + code + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private RawHttp raw() {
    return new RawHttp(quickScale());
  }

  private static String authorization(QuickScale.Caller caller) {
    return "Authorization: Bearer " + caller.key();
  }

  private static void assertRefused(String header, RawHttp.Answer answer) {
    answer.expectProblem(400, "invalid_input");
    assertThat(answer.json().getJsonArray("violations").getValuesAs(JsonObject.class))
        .extracting(violation -> violation.getString("field"))
        .containsExactly(header);
  }

  private static void assertLocated(String prefix, RawHttp.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.header("Location")).contains(prefix + answer.json().getString("id"));
  }
}
