package io.quickscale.json;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonNamesTest {
  public record Names(
      int plain, int twoWords, int anURL, int xY, int with2Numbers, int already_snake) {}

  @ParameterizedTest
  @CsvSource({"plain, plain", "twoWords, two_words", "aB, a_b", "with2Numbers, with2_numbers"})
  void aJavaNameBecomesSnakeCase(String javaName, String name) {
    assertThat(JsonNames.snakeCase(javaName)).isEqualTo(name);
  }

  /** Otherwise a schema would ask for members that are never read. */
  @Test
  void schemasAndValuesHaveTheSameNames() {
    JsonCodec codec = new JsonCodec(Validation.buildDefaultValidatorFactory().getValidator());
    Names names = new Names(1, 2, 3, 4, 5, 6);

    assertThat(codec.schema(Names.class).getJsonObject("properties").keySet())
        .isEqualTo(codec.toValue(names).asJsonObject().keySet());
    assertThat(codec.toValue(names))
        .isEqualTo(codec.<Object>readOwn(codec.writeInOrder(names), jakarta.json.JsonObject.class));
  }
}
