package io.quickscale.catalog.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaderAnalyzerTest {
  private final VaderAnalyzer analyzer = new VaderAnalyzer(VaderLexicon.published());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          VADER is smart, handsome, and funny.                          | 0.8316
          VADER is smart, handsome, and funny!                          | 0.8439
          VADER is very smart, handsome, and funny.                     | 0.8545
          VADER is VERY SMART, handsome, and FUNNY.                     | 0.9227
          VADER is VERY SMART, handsome, and FUNNY!!!                   | 0.9342
          VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!      | 0.9469
          VADER is not smart, handsome, nor funny.                      | -0.7424
          The book was good.                                            | 0.4404
          At least it isn't a horrible book.                            | 0.431
          The book was only kind of good.                               | 0.3832
          The plot was good, but the characters are uncompelling and the dialog is not great. | -0.7042
          Today SUX!                                                    | -0.5461
          Today only kinda sux! But I'll get by, lol                    | 0.5249
          Make sure you :) or :D today!                                 | 0.8633
          Not bad at all                                                | 0.431
          """)
  void the_authors_examples_get_the_authors_scores(String text, double compound) {
    assertThat(compound(text)).isEqualTo(compound);
  }

  @Test
  void shares_are_those_of_the_authors_and_add_up() {
    VaderScore score = analyzer.analyze("VADER is smart, handsome, and funny.");

    assertThat(score.positive()).isEqualTo(0.746);
    assertThat(score.neutral()).isEqualTo(0.254);
    assertThat(score.negative()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It is not good",
        "It isn't good",
        "It isn\u2019t good",
        "It isnt good",
        "It never is good",
        "It was without good",
        "There is no good",
        "The least good"
      })
  void negation_turns_a_positive_word_over(String text) {
    assertThat(compound(text)).isEqualTo(-0.3412);
  }

  @ParameterizedTest
  @ValueSource(strings = {"It is without doubt good", "At least good", "The very least good"})
  void some_words_only_look_like_negations(String text) {
    assertThat(compound(text)).isGreaterThanOrEqualTo(0.4404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"It was never so good", "It was never this good"})
  void never_so_is_praise(String text) {
    assertThat(compound(text)).isGreaterThan(compound("It was good"));
  }

  @Test
  void a_degree_modifier_counts_less_the_further_away_it_is() {
    assertThat(compound("really good")).isGreaterThan(compound("really a good"));
    assertThat(compound("really a good")).isGreaterThan(compound("really such a good"));
    assertThat(compound("really such a good")).isGreaterThan(compound("good"));
    assertThat(compound("really and such a good")).isEqualTo(compound("good"));
  }

  @Test
  void a_diminisher_weakens_good_and_bad() {
    assertThat(compound("slightly good")).isBetween(0.0, compound("good"));
    assertThat(compound("slightly bad")).isBetween(compound("bad"), 0.0);
  }

  @Test
  void capitals_count_only_where_they_stand_out() {
    assertThat(compound("this is GREAT")).isGreaterThan(compound("this is great"));
    assertThat(compound("THIS IS GREAT")).isEqualTo(compound("this is great"));
  }

  @Test
  void exclamation_marks_amplify_up_to_four() {
    assertThat(compound("good!")).isGreaterThan(compound("good"));
    assertThat(compound("good!!!!")).isGreaterThan(compound("good!!!"));
    assertThat(compound("good!!!!!")).isEqualTo(compound("good!!!!"));
    assertThat(compound("bad!")).isLessThan(compound("bad"));
  }

  @Test
  void several_question_marks_amplify_and_one_does_not() {
    assertThat(compound("good?")).isEqualTo(compound("good"));
    assertThat(compound("good??")).isGreaterThan(compound("good"));
    assertThat(compound("good????")).isGreaterThan(compound("good???"));
    assertThat(compound("good?????")).isEqualTo(compound("good????"));
  }

  @Test
  void what_follows_but_counts_more() {
    assertThat(compound("It is good but horrible")).isNegative();
    assertThat(compound("It is horrible but good")).isGreaterThan(compound("It is horrible good"));
  }

  @ParameterizedTest
  @CsvSource({
    "'The film was the bomb', 0.6124",
    "'We met at the bus stop', 0.0",
    "'She gave it the kiss of death', -0.6124"
  })
  void idioms_have_a_valence_of_their_own(String text, double compound) {
    assertThat(compound(text)).isEqualTo(compound);
  }

  @Test
  void emoticons_count() {
    assertThat(compound("well :)")).isPositive();
    assertThat(compound("well :(")).isNegative();
  }

  @Test
  void terms_show_what_the_score_was_made_from() {
    assertThat(analyzer.analyze("A good day, not a GREAT one").terms())
        .extracting(VaderScore.Term::word)
        .containsExactly("good", "GREAT");
    assertThat(analyzer.analyze("not good").terms())
        .singleElement()
        .satisfies(term -> assertThat(term.valence()).isCloseTo(-1.406, within(1e-9)));
  }

  @Test
  void emoji_separate_words_and_count_for_what_they_say() {
    assertThat(compound("good\uD83D\uDE80")).isEqualTo(compound("good"));
    assertThat(compound("good\uD83D\uDE00")).isEqualTo(compound("good happy"));
    assertThat(analyzer.analyze("good \uD83D\uDC69\u200D\uD83D\uDCBB \u2764\uFE0F").terms())
        .extracting(VaderScore.Term::word)
        .containsExactly("good", "\u2764");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \t\n",
        "...",
        "!?!?!?",
        "\uD83D\uDE00\uD83D\uDE00",
        "\uD83D",
        "\u0000",
        "\u3053\u308C\u306F\u672C\u3067\u3059\u3002",
        "\u0647\u0630\u0627 \u0643\u062A\u0627\u0628",
        "but",
        "no",
        "least",
        "kind"
      })
  void odd_texts_break_nothing(String text) {
    assertThat(compound(text)).isBetween(-1.0, 1.0);
  }

  @Test
  void opposites_cancel_out_whatever_the_punctuation() {
    assertThat(compound("good happy die! dumped??")).isZero();
  }

  @Test
  void without_words_of_the_lexicon_all_is_neutral() {
    VaderScore score = analyzer.analyze("The book is on the table.");

    assertThat(score.compound()).isZero();
    assertThat(score.neutral()).isEqualTo(1);
    assertThat(score.terms()).isEmpty();
  }

  /** Steps that grow with the square of the length would take minutes. */
  @Test
  @Timeout(60)
  void long_texts_are_read_once_whatever_is_in_them() {
    for (String unit : List.of("not very GOOD but bad! ", ":) ", "no ", "!", "but ", "a\u2764")) {
      assertThat(analyzer.analyze(unit.repeat(200_000 / unit.length()))).isNotNull();
    }
  }

  @Test
  void one_analyzer_serves_many_threads() {
    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> compound("VADER is very smart, handsome, and funny."))
                .distinct())
        .containsExactly(0.8545);
  }

  @Test
  void the_lexicon_is_the_published_one() throws IOException {
    assertThat(publishedWords())
        .hasSizeGreaterThan(7_400)
        .allMatch(VaderLexicon.published()::contains);
    assertThat(VaderLexicon.published().valence("good")).isEqualTo(1.9);
    assertThat(VaderLexicon.published().contains("table")).isFalse();
  }

  private static List<String> publishedWords() throws IOException {
    try (InputStream file = VaderLexicon.class.getResourceAsStream("vader_sentiment_lexicon.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.strip().split("\t"))
          .filter(columns -> columns.length > 1)
          .map(columns -> columns[0])
          .toList();
    }
  }

  private double compound(String text) {
    return analyzer.analyze(text).compound();
  }
}
