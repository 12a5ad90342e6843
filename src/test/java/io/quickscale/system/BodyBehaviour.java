package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a body says is read exactly or refused with its place, wherever a body is read. */
interface BodyBehaviour {
  String RUN_FORMS = "/api/v1/services/forms/run";

  /** Where a body is read, as which user, and a body whose marked member takes any value. */
  record Endpoint(String method, String path, boolean admin, String body, String field) {
    String bodyWith(String value) {
      return body.replace("VALUE", value);
    }
  }

  QuickScale quickScale();

  private List<Endpoint> endpoints(String userId) {
    String user = "/api/v1/admin/users/" + userId;
    return List.of(
        new Endpoint("POST", RUN_FORMS, false, "{\"note\":VALUE}", "note"),
        new Endpoint("POST", "/api/v1/services/forms/validate", false, "{\"note\":VALUE}", "note"),
        new Endpoint("POST", "/api/v1/api-keys", false, "{\"name\":VALUE}", "name"),
        new Endpoint("POST", "/api/v1/admin/users", true, "{\"email\":VALUE}", "email"),
        new Endpoint("PATCH", user, true, "{\"role\":VALUE}", "role"),
        new Endpoint("POST", user + "/api-keys", true, "{\"name\":VALUE}", "name"),
        new Endpoint(
            "POST",
            user + "/grants",
            true,
            "{\"kind\":\"admin\",\"amount\":1,\"description\":VALUE}",
            "description"),
        new Endpoint(
            "POST",
            user + "/grants",
            true,
            "{\"kind\":\"admin\",\"amount\":1,\"priority\":VALUE}",
            "priority"),
        new Endpoint(
            "PUT", "/api/v1/admin/services/forms", true, "{\"description\":VALUE}", "description"),
        new Endpoint(
            "PUT", "/api/v1/admin/services/forms", true, "{\"credit_cost\":VALUE}", "credit_cost"),
        new Endpoint(
            "POST",
            "/api/v1/admin/grants/0SAESDA7M043N/void",
            true,
            "{\"reason\":VALUE}",
            "reason"));
  }

  private Reply send(Endpoint endpoint, QuickScale.Caller user, byte[] body) {
    var caller = endpoint.admin() ? quickScale().admin() : user;
    return caller.sendBytes(endpoint.method(), endpoint.path(), body);
  }

  private void everywhereRefused(String value) {
    var user = quickScale().newUser(1);
    for (Endpoint endpoint : endpoints(user.id())) {
      Reply reply = send(endpoint, user, endpoint.bodyWith(value).getBytes(UTF_8));
      assertThat(fields(reply.expectProblem(400, "invalid_input")))
          .as(endpoint + " " + reply.body())
          .contains(endpoint.field());
    }
    assertThat(user.usageCount()).isZero();
  }

  private static List<String> fields(Reply reply) {
    return reply.json().getJsonArray("violations").getValuesAs(JsonObject.class).stream()
        .map(violation -> violation.getString("field"))
        .toList();
  }

  @Test
  default void aNumberThatNobodyCanWriteOutIsRefusedEverywhereByItsField() {
    for (String number :
        List.of("1e2147483648", "-1e-2147483648", "1e99999999999", "9".repeat(1001))) {
      everywhereRefused(number);
    }
  }

  @Test
  default void halfASurrogatePairAndNulAreRefusedEverywhereByTheirField() {
    everywhereRefused("\"x\\ud800y\"");
    everywhereRefused("\"x\\u0000y\"");
  }

  @Test
  default void nullIsRefusedEverywhereByItsFieldWhereTheSchemaHasNone() {
    var user = quickScale().newUser(1);
    for (Endpoint endpoint : endpoints(user.id())) {
      boolean optional = endpoint.field().equals("note");
      if (!optional) {
        Reply reply = send(endpoint, user, endpoint.bodyWith("null").getBytes(UTF_8));
        assertThat(fields(reply.expectProblem(400, "invalid_input"))).contains(endpoint.field());
      }
    }
    user.send("POST", RUN_FORMS, "{\"note\":null,\"limit\":null}").expect(200);
    assertThat(
            fields(
                user.send("POST", RUN_FORMS, "{\"numbers\":[1,null]}")
                    .expectProblem(400, "invalid_input")))
        .containsExactly("numbers[1]");
  }

  @Test
  default void aChangeOfNothingIsRefusedAndSaysWhatMayBeGiven() {
    var user = quickScale().newUser();

    Reply service =
        quickScale()
            .admin()
            .put("/api/v1/admin/services/forms", object())
            .expectProblem(400, "invalid_input");
    assertThat(service.text("detail")).contains("at least one of").contains("credit_cost");
    Reply change =
        quickScale()
            .admin()
            .patch("/api/v1/admin/users/" + user.id(), object())
            .expectProblem(400, "invalid_input");
    assertThat(change.text("detail"))
        .isEqualTo("changes nothing: give at least one of active, role");
  }

  @Test
  default void bytesThatAreNotUtf8AreRefusedEverywhereWithTheirPlace() {
    var user = quickScale().newUser(1);
    for (Endpoint endpoint : endpoints(user.id())) {
      for (String odd : List.of("c0af", "eda080", "ff")) {
        byte[] body = endpoint.bodyWith("\"a?b\"").getBytes(UTF_8);
        byte[] bad = HexFormat.of().parseHex(HexFormat.of().formatHex(body).replace("3f", odd));

        Reply reply = send(endpoint, user, bad).expectProblem(400, "malformed_json");
        assertThat(reply.text("detail")).contains("not UTF-8 at byte " + (indexOf(body, '?') + 1));
      }
    }
    assertThat(user.usageCount()).isZero();
  }

  private static int indexOf(byte[] bytes, char c) {
    return new String(bytes, UTF_8).indexOf(c);
  }

  @Test
  default void aByteOrderMarkIsSkippedAndOtherUnicodeIsRefused() {
    var user = quickScale().newUser(1);

    user.sendBytes("POST", RUN_FORMS, "\ufeff{\"note\":\"a\"}".getBytes(UTF_8)).expect(200);
    for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-32")) {
      byte[] body = "{\"note\":\"a\"}".getBytes(Charset.forName(charset));
      Reply reply = user.sendBytes("POST", RUN_FORMS, body).expectProblem(400, "malformed_json");
      assertThat(reply.text("detail")).contains("must be sent as UTF-8");
    }
  }

  @Test
  default void anotherCharsetThanUtf8IsAnUnsupportedMediaType() {
    var user = quickScale().newUser(1);

    for (String charset : List.of("iso-8859-1", "utf-16", "nonsense")) {
      var caller = user.with("Content-Type", "application/json; charset=" + charset);
      caller
          .send("POST", RUN_FORMS, "{\"note\":\"a\"}")
          .expectProblem(415, "unsupported_media_type");
      caller.send("POST", "/api/v1/api-keys", "{}").expectProblem(415, "unsupported_media_type");
    }
    user.with("Content-Type", "application/json;charset=\"UTF-8\"")
        .send("POST", RUN_FORMS, "{\"note\":\"a\"}")
        .expect(200);
  }

  @Test
  default void aTimeIsOneOfRfc3339UpToTheYear9999() {
    var user = quickScale().newUser();
    String grants = "/api/v1/admin/users/" + user.id() + "/grants";
    for (String time :
        List.of(
            "9999-12-31T23:59:59-14:00",
            "9999-12-31T23:59:59.999999999Z",
            "2027-01-01 00:00:00Z",
            "2027-01-01T00:00:00Z[UTC]",
            "2027-01-01T00:00Z",
            "+10000-01-01T00:00:00Z")) {
      JsonObject grant = object("kind", "admin", "amount", 1, "expires_at", time);
      Reply reply = quickScale().admin().post(grants, grant).expectProblem(400, "invalid_input");
      assertThat(fields(reply)).containsExactly("expires_at");
      assertThat(reply.text("detail")).contains("RFC 3339").contains("2026-11-22T08:00:00Z");
      assertThat(
              fields(
                  user.post("/api/v1/api-keys", object("expires_at", time))
                      .expectProblem(400, "invalid_input")))
          .containsExactly("expires_at");
      assertThat(
              fields(user.post(RUN_FORMS, object("at", time)).expectProblem(400, "invalid_input")))
          .containsExactly("at");
    }
    JsonObject last =
        object("kind", "admin", "amount", 1, "expires_at", "9999-12-31T23:59:59.999999Z");
    assertThat(quickScale().admin().post(grants, last).expect(201).text("expires_at"))
        .isEqualTo("9999-12-31T23:59:59.999999Z");
  }

  @Test
  default void whatDoesNotFitItsTypeIsNamed() {
    var user = quickScale().newUser(1);
    for (String member :
        List.of(
            "\"data\":\"!!!\"",
            "\"data\":\"YW Jj\"",
            "\"data\":\"_-8=\"",
            "\"pause\":\"P1Y\"",
            "\"pause\":\"P1W\"",
            "\"period\":\"PT5S\"",
            "\"limit\":2147483648",
            "\"limit\":\"5\"",
            "\"amount\":\"5\"",
            "\"at\":\"yesterday\"")) {
      Reply reply =
          user.send("POST", RUN_FORMS, "{" + member + "}").expectProblem(400, "invalid_input");
      assertThat(fields(reply)).containsExactly(member.substring(1, member.indexOf(':') - 1));
    }
    assertThat(user.usageCount()).isZero();
  }

  @Test
  default void everyFormComesBackAsItWasSentWithTimesInUtc() {
    var user = quickScale().newUser(1);
    String sent =
        "{\"amount\":0.10,\"at\":\"2026-11-22T17:00:00.5+09:00\",\"data\":\"YWJj\","
            + "\"free\":{\"b\":[1,null,{\"c\":1.50}],\"a\":\"x\"},\"limit\":5,\"note\":\"\\u00e9\","
            + "\"numbers\":[1e2,2.0],\"object\":{\"z\":null},\"pause\":\"PT0.5S\",\"period\":\"P1M\"}";

    assertThat(user.send("POST", RUN_FORMS, sent).expect(200).json().getJsonObject("result"))
        .hasToString(
            "{\"amount\":0.10,\"at\":\"2026-11-22T08:00:00.5Z\",\"data\":\"YWJj\","
                + "\"free\":{\"b\":[1,null,{\"c\":1.50}],\"a\":\"x\"},\"limit\":5,\"note\":\"\u00e9\","
                + "\"numbers\":[100,2],\"object\":{\"z\":null},\"pause\":\"PT0.5S\",\"period\":\"P1M\"}");
  }

  @Test
  default void anOptionalNumberIsANumberInTheSchemaThatCallersSee() {
    JsonObject schema =
        quickScale()
            .anybody()
            .get("/api/v1/services/forms")
            .expect(200)
            .json()
            .getJsonObject("input_schema");

    assertThat(schema.getJsonObject("properties").getJsonObject("limit").getJsonArray("type"))
        .hasToString("[\"integer\",\"null\"]");
    assertThat(schema).doesNotContainKey("required");
  }
}
