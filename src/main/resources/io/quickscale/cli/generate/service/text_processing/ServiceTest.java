package «package»;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.service.InvalidInputException;
import io.quickscale.service.RegisterService;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.junit.jupiter.api.Test;
import «package».«class».Frequency;
import «package».«class».Input;
import «package».«class».Result;

class «class»Test {
«field»

«is-registered»

  @Test
  void counts_characters_words_and_sentences() {
    Result result = service.executeService(null, new Input("It rains. Does it rain? It does!"));

    assertThat(result.characters()).isEqualTo(32);
    assertThat(result.words()).isEqualTo(7);
    assertThat(result.sentences()).isEqualTo(3);
  }

  @Test
  void names_the_most_frequent_words_whatever_their_case() {
    Result result = service.executeService(null, new Input("It rains. Does it rain? It does!"));

    assertThat(result.frequentWords())
        .containsExactly(
            new Frequency("it", 3),
            new Frequency("does", 2),
            new Frequency("rain", 1),
            new Frequency("rains", 1));
  }

  @Test
  void names_five_words_at_most() {
    Result result = service.executeService(null, new Input("one two three four five six"));

    assertThat(result.words()).isEqualTo(6);
    assertThat(result.frequentWords()).hasSize(5);
  }

  @Test
  void refuses_a_text_without_words() {
    assertThatThrownBy(() -> service.executeService(null, new Input("?!")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("text: has no words");
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
