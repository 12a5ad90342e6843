package io.quickscale.catalog.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.catalog.text.SentimentAnalysisService.Input;
import io.quickscale.catalog.text.SentimentAnalysisService.Sentiment;
import io.quickscale.catalog.text.SentimentAnalysisService.Term;
import io.quickscale.service.RegisterService;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentimentAnalysisServiceTest {
  private final SentimentAnalysisService service = new SentimentAnalysisService();

  @Test
  void is_registered_as_sentiment_analysis_for_one_credit() {
    RegisterService definition =
        SentimentAnalysisService.class.getAnnotation(RegisterService.class);

    assertThat(definition.name()).isEqualTo("sentiment_analysis");
    assertThat(definition.category()).isEqualTo("text");
    assertThat(definition.creditCost()).isEqualTo("1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "'The book was good.', positive",
    "'Today SUX!', negative",
    "'The book is on the table.', neutral"
  })
  void labels_follow_the_score(String text, String label) {
    assertThat(judge(text).label()).isEqualTo(label);
  }

  @Test
  void gives_the_score_with_its_evidence() {
    Sentiment sentiment = judge("The book was not good.");

    assertThat(sentiment.score()).isEqualTo(-0.3412);
    assertThat(sentiment.details().words()).isEqualTo(5);
    assertThat(sentiment.details().sentimentWords()).isEqualTo(1);
    assertThat(sentiment.details().terms()).containsExactly(new Term("good", -1.406));
  }

  @Test
  void is_as_sure_as_the_score_is_strong_when_all_words_agree() {
    assertThat(judge("VADER is smart, handsome, and funny.").confidence()).isEqualTo(0.8316);
  }

  @Test
  void is_less_sure_when_words_disagree() {
    Sentiment sentiment = judge("Good and smart and funny, though horrible.");

    assertThat(sentiment.label()).isEqualTo("positive");
    assertThat(sentiment.confidence()).isPositive().isLessThan(sentiment.score());
  }

  @Test
  void is_sure_of_a_balance_and_not_of_silence() {
    assertThat(judge("smart, bad, good, :( :)").confidence()).isBetween(0.0, 1.0);
    assertThat(judge("The book is on the table.").confidence()).isZero();
    assertThat(judge("\u3053\u308C\u306F\u672C\u3067\u3059").confidence()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"good bad", "love hate :) :(", "GOOD but terrible!!!", "no no no", "?"})
  void confidence_and_shares_stay_between_0_and_1(String text) {
    Sentiment sentiment = judge(text);

    assertThat(sentiment.confidence()).isBetween(0.0, 1.0);
    assertThat(sentiment.positive() + sentiment.neutral() + sentiment.negative())
        .isBetween(0.998, 1.002);
  }

  @Test
  void lists_at_most_100_terms_and_counts_all() {
    Sentiment sentiment = judge("good ".repeat(2_000));

    assertThat(sentiment.details().terms()).hasSize(100);
    assertThat(sentiment.details().sentimentWords()).isEqualTo(2_000);
  }

  @Test
  void takes_10_000_characters_and_no_blank_text() {
    assertThat(isValid("a".repeat(10_000))).isTrue();
    assertThat(isValid("a".repeat(10_001))).isFalse();
    assertThat(isValid("  ")).isFalse();
    assertThat(isValid(null)).isFalse();
  }

  private Sentiment judge(String text) {
    return service.executeService(null, new Input(text));
  }

  private static boolean isValid(String text) {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      Validator validator = factory.getValidator();
      return validator.validate(new Input(text)).isEmpty();
    }
  }
}
