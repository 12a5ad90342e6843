package io.quickscale.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quickscale.json.JsonCodec;
import io.quickscale.rest.UserView.UserChange;
import io.quickscale.service.InvalidInputException;
import jakarta.validation.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SomethingToChangeTest {
  private final JsonCodec codec =
      new JsonCodec(Validation.buildDefaultValidatorFactory().getValidator());

  @Test
  void aChangeOfNothingIsRefusedWithWhatThereIsToChange() {
    assertThat(refusal("{}", UserChange.class).detail())
        .isEqualTo("changes nothing: give at least one of active, role");
    assertThat(refusal("{}", ServiceChange.class).detail())
        .isEqualTo(
            "changes nothing: give at least one of description, category, credit_cost, unit_prices,"
                + " active, failure_policy, limits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"active", "role"})
  void nullIsNoChangeButAMistake(String member) {
    assertThat(refusal("{\"" + member + "\":null}", UserChange.class).detail())
        .startsWith(member + ": must be of type")
        .endsWith("not null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"description\":\"\"}",
        "{\"credit_cost\":0}",
        "{\"unit_prices\":[]}",
        "{\"active\":false}",
        "{\"limits\":{}}"
      })
  void whateverIsGivenIsAChange(String change) {
    assertThat(codec.read(change.getBytes(UTF_8), ServiceChange.class)).isNotNull();
  }

  private InvalidInputException refusal(String body, Class<?> type) {
    return catchThrowableOfType(
        InvalidInputException.class, () -> codec.read(body.getBytes(UTF_8), type));
  }
}
