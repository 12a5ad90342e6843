package io.quickscale.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
  @ParameterizedTest
  @CsvSource({
    "abc,abc",
    "a%20b,a b",
    "%C3%A9,é",
    "%c3%a9,é",
    "%25zz,%zz",
    "a+b,a+b",
    "%F0%9F%91%8D,👍"
  })
  void whatIsEncodedIsDecoded(String encoded, String text) {
    assertThat(PercentEncoding.decode(encoded)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%z",
        "%zz",
        "%2",
        "a%",
        "a%2",
        "%2g",
        "%%20",
        "%-1",
        "%+1",
        "%٣٣",
        "%ff",
        "%C3",
        "%c0%af",
        "%ed%a0%80",
        "é",
        " ",
        "a\tb",
        "\u0000"
      })
  void whatCannotBeDecodedIsRefused(String encoded) {
    assertThatThrownBy(() -> PercentEncoding.decode(encoded))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"a+b,a b", "a%2Bb,a+b"})
  void inAQueryAPlusIsABlank(String encoded, String text) {
    assertThat(PercentEncoding.decodeFormData(encoded)).isEqualTo(text);
  }
}
