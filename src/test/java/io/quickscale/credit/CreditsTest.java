package io.quickscale.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1000000",
    "1.0, 1000000",
    "0.000001, 1",
    "12.345678, 12345678",
    "1e3, 1000000000",
    "1.5000000000, 1500000",
    "999999999999.999999, 999999999999999999"
  })
  void anAmountIsReadIntoWholeMicroCredits(String text, long micros) {
    assertThat(Credits.parse(text).micros()).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0000001", "1.2345678", "1e-7"})
  void aSeventhDecimalIsRefusedAndNeverRounded(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credits.parse(text))
        .withMessage("must have at most six decimals");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0.000001"})
  void aNegativeAmountIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credits.parse(text))
        .withMessage("must not be negative");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000000000000", "1e12", "1e999999", "99999999999999999999"})
  void anAmountThatIsTooLargeIsRefusedWithTheLimit(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credits.parse(text))
        .withMessage("must be less than 1000000000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "abc", "1,5", "0x10", "NaN", "Infinity", "1 credit"})
  void textThatIsNoNumberIsRefusedWithAnExample(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credits.parse(text))
        .withMessage("must be a decimal number such as 1.5");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1000000, 1",
    "1500000, 1.5",
    "1, 0.000001",
    "20000000, 20",
    "100000000, 100"
  })
  void anAmountIsShownWithoutTrailingZerosAndExponents(long micros, String text) {
    assertThat(Credits.ofMicros(micros)).hasToString(text);
    assertThat(Credits.ofMicros(micros).toDecimal().toString()).isEqualTo(text);
  }

  @Test
  void anAmountSurvivesBeingShownAndReadAgain() {
    for (long micros : new long[] {0, 1, 10, 999_999, 1_000_000, 123_456_789, 10_000_000_000L}) {
      assertThat(Credits.parse(Credits.ofMicros(micros).toString()).micros()).isEqualTo(micros);
    }
  }

  @Test
  void creditsAreNeverNegative() {
    assertThatIllegalArgumentException().isThrownBy(() -> Credits.ofMicros(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credits.parse("1").minus(Credits.parse("1.000001")));
  }

  @Test
  void sumsAndProductsOverflowLoudly() {
    Credits most = Credits.ofMicros(Long.MAX_VALUE);

    assertThatThrownBy(() -> most.plus(Credits.ofMicros(1)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> most.times(2)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void amountsAddUpExactly() {
    List<Credits> tenTenths = Collections.nCopies(10, Credits.parse("0.1"));

    assertThat(Credits.sum(tenTenths)).isEqualTo(Credits.parse("1"));
    assertThat(Credits.sum(List.of())).isEqualTo(Credits.ZERO);
    assertThat(Credits.parse("0.1").plus(Credits.parse("0.2"))).hasToString("0.3");
    assertThat(Credits.parse("0.3").minus(Credits.parse("0.1"))).hasToString("0.2");
    assertThat(Credits.parse("0.000003").times(7)).hasToString("0.000021");
  }

  @Test
  void theShortfallIsWhatIsMissingAndNeverNegative() {
    assertThat(Credits.parse("3").shortfallOf(Credits.parse("5"))).hasToString("2");
    assertThat(Credits.parse("5").shortfallOf(Credits.parse("5"))).isEqualTo(Credits.ZERO);
    assertThat(Credits.parse("9").shortfallOf(Credits.parse("5"))).isEqualTo(Credits.ZERO);
  }

  @Test
  void amountsAreComparedByTheirSize() {
    Credits small = Credits.parse("1.5");
    Credits large = Credits.parse("2");

    assertThat(small).isLessThan(large).isEqualByComparingTo(Credits.of(new BigDecimal("1.50")));
    assertThat(small.min(large)).isEqualTo(small);
    assertThat(large.min(small)).isEqualTo(small);
    assertThat(Credits.ZERO.isZero()).isTrue();
    assertThat(Credits.ofMicros(1).isZero()).isFalse();
  }
}
