package «package»;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.service.RegisterService;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.junit.jupiter.api.Test;
import «package».«class».Input;
import «package».«class».Result;

class «class»Test {
«field»

«is-registered»

  @Test
  void gives_the_fingerprint_of_the_text_in_utf_8() {
    Result result = service.executeService(null, new Input("abc"));

    // The test vector of FIPS 180.
    assertThat(result.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(result.bytes()).isEqualTo(3);
    assertThat(service.executeService(null, new Input("\u20AC")).bytes()).isEqualTo(3);
  }

  @Test
  void takes_10_000_characters_and_no_blank_text() {
    assertThat(isValid(new Input("a".repeat(10_000)))).isTrue();
    assertThat(isValid(new Input("a".repeat(10_001)))).isFalse();
    assertThat(isValid(new Input("  "))).isFalse();
    assertThat(isValid(new Input(null))).isFalse();
  }

«is-valid»
}
