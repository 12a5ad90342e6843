package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** An answer of the server. */
final class Reply {
  private static final List<String> INSIDE =
      List.of("Exception", "\tat ", "java.", "io.quickscale", "secret inside", "org.");

  private final HttpResponse<String> response;

  Reply(HttpResponse<String> response) {
    this.response = response;
  }

  int status() {
    return response.statusCode();
  }

  String body() {
    return response.body();
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  JsonObject json() {
    try (JsonReader reader = Json.createReader(new StringReader(body()))) {
      return reader.readObject();
    }
  }

  String text(String member) {
    return json().getString(member);
  }

  /** A number as it was written. */
  String number(String member) {
    return json().getJsonNumber(member).toString();
  }

  JsonArray items() {
    return json().getJsonArray("items");
  }

  /** This reply, if it has the status. */
  Reply expect(int status) {
    assertThat(status()).as(body()).isEqualTo(status);
    return this;
  }

  /** This reply, if it is a problem with this status and code that shows nothing of the inside. */
  Reply expectProblem(int status, String code) {
    expect(status);
    assertThat(header("Content-Type")).get().asString().startsWith("application/problem+json");
    assertThat(text("code")).isEqualTo(code);
    assertThat(json().getInt("status")).isEqualTo(status);
    assertThat(json()).containsKeys("type", "title", "detail", "instance");
    INSIDE.forEach(inside -> assertThat(body()).doesNotContain(inside));
    return this;
  }
}
