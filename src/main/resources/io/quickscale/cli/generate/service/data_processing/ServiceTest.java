package «package»;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.service.InvalidInputException;
import io.quickscale.service.RegisterService;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import «package».«class».Input;
import «package».«class».Result;

class «class»Test {
«field»

«is-registered»

  @Test
  void sums_up_the_values() {
    Result result = service.executeService(null, input("2", "4", "4", "4", "5", "5", "7", "9"));

    assertThat(result.count()).isEqualTo(8);
    assertThat(result.sum()).isEqualByComparingTo("40");
    assertThat(result.minimum()).isEqualByComparingTo("2");
    assertThat(result.maximum()).isEqualByComparingTo("9");
    assertThat(result.mean()).isEqualByComparingTo("5");
    assertThat(result.median()).isEqualByComparingTo("4.5");
    assertThat(result.standardDeviation()).isEqualByComparingTo("2");
  }

  @Test
  void takes_the_values_in_any_order() {
    Result result = service.executeService(null, input("9", "-1", "3"));

    assertThat(result.median()).isEqualByComparingTo("3");
    assertThat(result.minimum()).isEqualByComparingTo("-1");
  }

  @Test
  void one_value_is_its_own_mean_without_deviation() {
    Result result = service.executeService(null, input("1.5"));

    assertThat(result.mean()).isEqualByComparingTo("1.5");
    assertThat(result.median()).isEqualByComparingTo("1.5");
    assertThat(result.standardDeviation()).isEqualByComparingTo("0");
  }

  @Test
  void decimals_are_summed_exactly() {
    assertThat(service.executeService(null, input("0.1", "0.2")).sum()).isEqualByComparingTo("0.3");
  }

  @Test
  void takes_1_to_10_000_values_of_12_digits() {
    assertThat(isValid(new Input(Collections.nCopies(10_000, BigDecimal.ONE)))).isTrue();
    assertThat(isValid(new Input(Collections.nCopies(10_001, BigDecimal.ONE)))).isFalse();
    assertThat(isValid(new Input(List.of()))).isFalse();
    assertThat(isValid(new Input(null))).isFalse();
    assertThat(isValid(input("1234567890123"))).isFalse();
  }

  @Test
  void refuses_a_null_among_the_values() {
    Input input = new Input(Collections.singletonList(null));

    assertThatThrownBy(() -> service.executeService(null, input))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("values: has a null, which is no number");
  }

  private static Input input(String... values) {
    return new Input(Stream.of(values).map(BigDecimal::new).toList());
  }

«is-valid»
}
