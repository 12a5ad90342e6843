package io.quickscale.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrizzlyPathsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1/services",
        "/a/../b",
        "/a/./b/..",
        "/a%2Fb",
        "/caf%C3%A9",
        "//a",
        "/a..b/"
      })
  void whatServersTakeIsDecoded(String path) {
    assertThat(GrizzlyPaths.decode(path)).isEqualTo(PercentEncoding.decode(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%zz",
        "/%ff",
        "/a%5Cb",
        "/a\\b",
        "/%00",
        "/../etc",
        "/a/../../b",
        "/%2e%2e/b",
        "/[a]",
        "/é"
      })
  void whatTheyWouldAnswerByThemselvesIsRefused(String path) {
    assertThatThrownBy(() -> GrizzlyPaths.decode(path))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPathThatWasNotReplacedIsTheOriginal() {
    assertThat(GrizzlyPaths.original("/api/v1/me")).isEqualTo("/api/v1/me");
    assertThat(GrizzlyPaths.original("/internal/undecodable/!"))
        .isEqualTo("/internal/undecodable/!");
    assertThat(GrizzlyPaths.original(GrizzlyPaths.standIn("/a%zz\\b"))).isEqualTo("/a%zz\\b");
  }
}
