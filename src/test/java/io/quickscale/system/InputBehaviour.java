package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Bad input gets a clear answer, costs nothing and leaves nothing behind. */
interface InputBehaviour {
  String RUN = "/api/v1/services/sentiment_analysis/run";

  QuickScale quickScale();

  @Test
  default void anEmptyTextIsAViolationOfItsField() {
    refused(object("text", "").toString(), 400, "invalid_input", "text");
  }

  @Test
  default void aTextOfTenThousandCharactersPassesAndOneMoreDoesNot() {
    var user = quickScale().newUser(1);
    user.run("sentiment_analysis", object("text", "a".repeat(10_000))).expect(200);

    refused(object("text", "a".repeat(10_001)).toString(), 400, "invalid_input", "text");
  }

  @Test
  default void aWrongTypeIsNamed() {
    refused("{\"text\": 5}", 400, "invalid_input", "text");
  }

  @Test
  default void anUnknownMemberIsNamed() {
    Reply reply = refused("{\"text\": \"good\", \"txet\": 1}", 400, "invalid_input", "txet");

    assertThat(reply.text("detail")).contains("txet").contains("Known: text");
  }

  @Test
  default void everyViolationIsListedAtOnce() {
    var user = quickScale().newUser(1);

    Reply reply =
        user.run("data_validator", object("datatype", "text", "max_length", "ten"))
            .expectProblem(400, "invalid_input");

    assertThat(reply.json().getJsonArray("violations").getValuesAs(JsonObject.class))
        .extracting(violation -> violation.getString("field"))
        .contains("datatype", "max_length", "data", "data_type");
  }

  @Test
  default void brokenJsonIsMalformed() {
    for (String body :
        new String[] {
          "{\"text\": ", "", "nonsense", "{\"text\":\"a\"} {}", "{\"text\":\"a\",\"text\":\"b\"}"
        }) {
      refused(body, 400, "malformed_json", null);
    }
  }

  @Test
  default void somethingElseThanAnObjectIsInvalid() {
    for (String body : new String[] {"[]", "\"text\"", "5", "null", "true"}) {
      refused(body, 400, "invalid_input", "");
    }
  }

  @Test
  default void tenThousandNestedArraysAreMalformed() {
    String nested = "[".repeat(10_000) + "]".repeat(10_000);

    refused("{\"text\": " + nested + "}", 400, "malformed_json", null);
  }

  @Test
  default void twoMegabytesAreTooLarge() {
    Reply reply =
        refused(object("text", "a".repeat(2 << 20)).toString(), 413, "payload_too_large", null);

    assertThat(reply.number("limit_bytes")).isEqualTo("1048576");
  }

  @Test
  default void aServiceCanHaveALimitOfItsOwn() {
    var user = quickScale().newUser();
    JsonObject limits =
        Json.createObjectBuilder().add("limits", object("max_input_bytes", 50)).build();
    quickScale().admin().put("/api/v1/admin/services/free_echo", limits).expect(200);

    user.run("free_echo", object("text", "a".repeat(30))).expect(200);
    Reply reply =
        user.run("free_echo", object("text", "a".repeat(60)))
            .expectProblem(413, "payload_too_large");

    assertThat(reply.number("limit_bytes")).isEqualTo("50");
  }

  @Test
  default void anUnknownServiceIsNotFoundForEveryUseOfIt() {
    var user = quickScale().newUser(1);

    user.run("nobody", object("text", "good")).expectProblem(404, "service_not_found");
    user.get("/api/v1/services/nobody").expectProblem(404, "service_not_found");
    user.get("/api/v1/services/nobody/credits").expectProblem(404, "service_not_found");
  }

  @Test
  default void whatTheContainerRefusesIsAProblemToo() {
    var user = quickScale().newUser(1);

    user.get("/api/v1/nothing").expectProblem(404, "not_found");
    quickScale().anybody().get("/nothing").expectProblem(404, "not_found");
    Reply method = user.delete("/api/v1/services").expectProblem(405, "method_not_allowed");
    assertThat(method.header("Allow")).get().asString().contains("GET");
    user.with("Accept", "image/png").get("/api/v1/credits").expectProblem(406, "not_acceptable");
    user.with("Content-Type", "text/plain")
        .send("POST", RUN, "good")
        .expectProblem(415, "unsupported_media_type");
  }

  @Test
  default void nonsenseInAnIdIsNotFound() {
    quickScale().newUser().get("/api/v1/usage/nonsense").expectProblem(404, "not_found");
  }

  @Test
  default void oddCharactersAndNumbersAreAnsweredLikeOtherNonsense() {
    var user = quickScale().newUser();
    String grants = "/api/v1/admin/users/" + user.id() + "/grants";

    user.get(
            "/api/v1/usage/%CE%B1%CE%B1%CE%B1%CE%B1%CE%B1%CE%B1%CE%B1%CE%B1%CE%B1%CE%B1%CE%B1%CE%B1%CE%B1")
        .expectProblem(404, "not_found");
    for (String body :
        new String[] {
          "{\"kind\":\"admin\",\"amount\":1e-99999999}",
          "{\"kind\":\"admin\",\"amount\":1e99999999}",
          "{\"kind\":\"admin\",\"amount\":1,\"description\":\"a\\u0000b\"}"
        }) {
      quickScale().admin().send("POST", grants, body).expectProblem(400, "invalid_input");
    }
  }

  private Reply refused(String body, int status, String code, String field) {
    var user = quickScale().newUser(1);
    Reply reply = user.send("POST", RUN, body).expectProblem(status, code);
    if (field != null) {
      assertThat(reply.json().getJsonArray("violations").getValuesAs(JsonObject.class))
          .extracting(violation -> violation.getString("field"))
          .contains(field);
    }
    assertThat(user.available()).isEqualTo("1");
    assertThat(user.usageCount()).isZero();
    return reply;
  }
}
