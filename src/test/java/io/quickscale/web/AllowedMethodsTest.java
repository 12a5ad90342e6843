package io.quickscale.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedMethodsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET,OPTIONS|GET, HEAD, OPTIONS",
        "GET, HEAD, TRACE, OPTIONS|GET, HEAD, OPTIONS",
        "TRACE|OPTIONS",
        "POST|POST, OPTIONS",
        "DELETE,PATCH,GET|GET, HEAD, PATCH, DELETE, OPTIONS",
        ",POST,POST , PUT|POST, PUT, OPTIONS"
      })
  void headGoesWithGetAndTraceIsNeverThere(String said, String allowed) {
    assertThat(AllowedMethods.of(said)).isEqualTo(allowed);
  }
}
