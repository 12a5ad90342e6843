package io.quickscale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.problem.UnauthenticatedProblem;
import io.quickscale.service.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedKeyTest {
  @ParameterizedTest
  @ValueSource(strings = {"Bearer qs_a_b", "bearer qs_a_b", "BEARER   qs_a_b ", " Bearer qs_a_b"})
  void aBearerTokenIsAKey(String authorization) {
    assertThat(PresentedKey.of(authorization, null)).contains("qs_a_b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearerqs_a_b", "Bearer\tqs_a_b", "Bearer:qs_a_b", "bearer=qs_a_b"})
  void aBlankMustFollowTheScheme(String authorization) {
    assertThatThrownBy(() -> PresentedKey.of(authorization, null))
        .isInstanceOf(UnauthenticatedProblem.class)
        .hasMessageContaining("Bearer <key>");
    assertThatThrownBy(() -> PresentedKey.of(authorization, "qs_a_b"))
        .isInstanceOf(UnauthenticatedProblem.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer "})
  void aBearerTokenOfNothingIsAKeyThatDoesNotCount(String authorization) {
    assertThat(PresentedKey.of(authorization, null)).contains("");
  }

  @Test
  void anotherSchemeIsSomebodyElses() {
    assertThat(PresentedKey.of("Basic dTpw", null)).isEmpty();
    assertThat(PresentedKey.of("Basic dTpw", "qs_a_b")).contains("qs_a_b");
    assertThat(PresentedKey.of(null, " qs_a_b ")).contains("qs_a_b");
    assertThat(PresentedKey.of(null, null)).isEmpty();
  }

  @Test
  void theSameKeyMayStandInBothHeadersAndAnotherMayNot() {
    assertThat(PresentedKey.of("Bearer qs_a_b", "qs_a_b")).contains("qs_a_b");
    assertThatThrownBy(() -> PresentedKey.of("Bearer qs_a_b", "qs_c_d"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("X-API-Key")
        .hasMessageContaining("Authorization");
  }
}
