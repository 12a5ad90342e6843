package io.quickscale.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sentiment_score",
        "sentiment-score",
        "SentimentScore",
        "sentimentScore",
        "SentimentScoreService"
      })
  void every_way_to_write_a_name_is_the_same_service(String written) {
    assertThat(ServiceName.of(written))
        .isEqualTo(new ServiceName("sentiment_score", "SentimentScoreService"));
  }

  @ParameterizedTest
  @CsvSource({
    "my_ai_service, my_ai_service, MyAiService",
    "OCRText, ocr_text, OCRTextService",
    "top10, top10, Top10Service",
    "top_10, top_10, Top10Service",
    "x, x, XService",
    "service, service, ServiceService"
  })
  void a_class_ends_in_service_once(String written, String registered, String className) {
    assertThat(ServiceName.of(written)).isEqualTo(new ServiceName(registered, className));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1st", "_x", "-x", "a b", "größe", "a.b", "a/b", "../x", "a$b"})
  void says_what_a_name_is_made_of(String written) {
    assertThatThrownBy(() -> ServiceName.of(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use a letter, then letters, digits, _ or -");
  }

  @ParameterizedTest
  @ValueSource(strings = {"class", "new", "Class", "true", "int"})
  void refuses_words_of_the_language_and_offers_another(String written) {
    assertThatThrownBy(() -> ServiceName.of(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("word of the Java language")
        .hasMessageContaining("_check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "BaseService", "register"})
  void refuses_the_names_of_quickscales_own_classes(String written) {
    assertThatThrownBy(() -> ServiceName.of(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one of QuickScale's own");
  }

  @Test
  void takes_64_characters_and_no_more() {
    assertThat(ServiceName.of("a".repeat(64)).registered()).hasSize(64);
    assertThatThrownBy(() -> ServiceName.of("a".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 at most");
  }
}
