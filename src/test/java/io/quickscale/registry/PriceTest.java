package io.quickscale.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quickscale.credit.Credits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTest {
  /** 0.5 credits a token beyond the first 10, for 100 tokens at most. */
  private static final UnitRate TOKENS = new UnitRate("tokens", Credits.parse("0.5"), 10, 100);

  private static final UnitRate PAGES = new UnitRate("pages", Credits.parse("0.000001"), 0, 7);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0",
    "10, 0",
    "11, 0.5",
    "50, 20",
    "100, 45",
    "101, 45",
    "9223372036854775807, 45",
    "-1, 0"
  })
  void unitsAreFreeUpToTheIncludedOnesAndNeverCostMoreThanTheMaximum(long units, String charge) {
    assertThat(TOKENS.charge(units)).hasToString(charge);
  }

  @Test
  void aRateIsExactToTheMicroCredit() {
    assertThat(PAGES.charge(3)).hasToString("0.000003");
  }

  @Test
  void allUnitsMayBeIncluded() {
    assertThat(new UnitRate("tokens", Credits.parse("0.5"), 5, 5).charge(9))
        .isEqualTo(Credits.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Tokens", "in tokens", "1st"})
  void aUnitHasANameLikeAService(String unit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UnitRate(unit, Credits.ZERO, 0, 5))
        .withMessageContaining("unit must match [a-z][a-z0-9_]{0,63}");
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "6, 5", "0, -1"})
  void theIncludedUnitsAreNeitherNegativeNorMoreThanTheMaximum(long included, long maximum) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UnitRate("tokens", Credits.ZERO, included, maximum))
        .withMessageContaining("included must not be negative nor over maximum");
  }

  @Test
  void aFlatPriceIsTheSameHoweverMuchIsMetered() {
    Price flat = new Price(Credits.parse("2"), List.of());

    assertThat(flat.maximum()).hasToString("2");
    assertThat(flat.charge(Map.of())).hasToString("2");
    assertThat(flat.charge(Map.of("tokens", 50L))).hasToString("2");
  }

  @Test
  void aRunCostsItsPriceAndWhatItMetered() {
    Price price = new Price(Credits.parse("2"), List.of(TOKENS, PAGES));

    assertThat(price.charge(Map.of())).hasToString("2");
    assertThat(price.charge(Map.of("tokens", 12L))).hasToString("3");
    assertThat(price.charge(Map.of("tokens", 12L, "pages", 4L))).hasToString("3.000004");
  }

  @Test
  void unitsWithoutARateCostNothing() {
    assertThat(new Price(Credits.ZERO, List.of(TOKENS)).charge(Map.of("pages", 99L)))
        .isEqualTo(Credits.ZERO);
  }

  @Test
  void theMaximumIsWhatARunCostsThatMetersEverythingAndNoRunCostsMore() {
    Price price = new Price(Credits.parse("2"), List.of(TOKENS, PAGES));

    assertThat(price.maximum()).hasToString("47.000007");
    assertThat(price.charge(Map.of("tokens", 1_000_000L, "pages", 1_000_000L)))
        .isEqualTo(price.maximum());
  }

  @Test
  void aPriceKnowsItsUnits() {
    Price price = new Price(Credits.ZERO, List.of(TOKENS));

    assertThat(price.hasUnit("tokens")).isTrue();
    assertThat(price.hasUnit("pages")).isFalse();
  }

  @Test
  void aUnitHasOnePriceOnly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Price(Credits.ZERO, List.of(TOKENS, PAGES, TOKENS)))
        .withMessage("each unit can have one price only");
  }

  @Test
  void ratesSurviveTheirColumn() {
    List<UnitRate> rates =
        List.of(
            TOKENS,
            PAGES,
            new UnitRate("z", Credits.parse("0.000001"), 0, 9_000_000_000_000_000_000L));

    assertThat(UnitRates.price(2_000_000, UnitRates.format(rates)))
        .isEqualTo(new Price(Credits.parse("2"), rates));
    assertThat(UnitRates.price(0, UnitRates.format(List.of())))
        .isEqualTo(new Price(Credits.ZERO, List.of()));
  }
}
