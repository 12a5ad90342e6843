package io.quickscale.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
  private static final List<String> WRITTEN = List.of("application/json", "text/csv");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/json | true | false",
        "Application/JSON | true | false",
        "text/csv | false | true",
        "text/* | false | true",
        "*/* | true | true",
        "* | true | true",
        "text/html, image/gif, *; q=.2, */*; q=.2 | true | true",
        "image/png | false | false",
        "application/json;q=0 | false | false",
        "application/json;q=0.000 | false | false",
        "application/json;q=0, */* | false | true",
        "*/*, application/json;q=0 | false | true",
        "*/*;q=0 | false | false",
        "*/*;q=0, text/csv | false | true",
        "text/*;q=0, text/csv | false | true",
        "application/json;charset=utf-16 | true | false",
        "application/json;foo=\"a,b;q=0\" | true | false",
        "application/json;foo=bar;q=0 | false | false",
        "*/*, application/json;foo=bar;q=0 | true | true",
        ",, application/json ,, | true | false",
        "`` | true | true",
        "` , ` | true | true"
      })
  void theMostSpecificRangeDecides(String header, boolean json, boolean csv) {
    Accept accept = Accept.of(List.of(header));

    assertThat(accept.takes("application/json")).isEqualTo(json);
    assertThat(accept.takes("text/csv")).isEqualTo(csv);
  }

  @Test
  void withoutTheHeaderAnythingIsTaken() {
    assertThat(Accept.of(List.of()).takes("application/json")).isTrue();
  }

  @Test
  void linesOfTheHeaderAreOneList() {
    Accept accept = Accept.of(List.of("image/png", "text/csv"));

    assertThat(accept.takes("text/csv")).isTrue();
    assertThat(accept.takes("application/json")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "application/",
        "/json",
        "application/json/x",
        "*/json",
        "application json",
        "application/json;q=2",
        "application/json;q=1.1",
        "application/json;q=-0",
        "application/json;q=x",
        "application/json;q=",
        "application/json;q=0.0001",
        "(application/json)"
      })
  void whatIsNotUnderstoodIsRefused(String header) {
    assertThatThrownBy(() -> Accept.of(List.of(header)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(must be|has) .*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json;charset=utf-16 | application/json;q=1, */*;q=0.001",
        "text/csv;q=0.9, application/json;q=.5 | application/json;q=0.5, text/csv;q=0.9, */*;q=0.001",
        "text/csv;q=1, application/json;q=1. | application/json;q=1, text/csv;q=1, */*;q=0.001",
        "text/csv; Q = 1.000, application/json;q=0. | text/csv;q=1, */*;q=0.001",
        "*/* | application/json;q=1, text/csv;q=1, */*;q=0.001",
        "application/json;q=0, */* | text/csv;q=1, */*;q=0.001",
        "image/png | */*;q=0.001"
      })
  void serversAreToldPlainly(String header, String plain) {
    assertThat(Accept.of(List.of(header)).among(WRITTEN)).isEqualTo(plain);
  }
}
