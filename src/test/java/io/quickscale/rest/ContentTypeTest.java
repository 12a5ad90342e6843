package io.quickscale.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.problem.HttpProblem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "application/json; Charset=\"utf-8\"",
        "application/json; version=1",
        "application/json;"
      })
  void jsonInUtf8IsJson(String value) {
    assertThatCode(() -> ContentType.requireJson(value)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/merge-patch+json",
        "application/json, text/plain",
        "application/json;charset=iso-8859-1",
        "application/json;charset=utf-16",
        "application/json;charset",
        "application/json;charset="
      })
  void nothingElseIs(String value) {
    assertThatThrownBy(() -> ContentType.requireJson(value))
        .isInstanceOfSatisfying(
            HttpProblem.class, problem -> assertThat(problem.status()).isEqualTo(415));
  }
}
