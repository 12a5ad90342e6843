package io.quickscale.catalog.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sign of sentences whose words alone would say the opposite, and of emoji. */
class NegationTest {
  private final VaderAnalyzer analyzer = new VaderAnalyzer(VaderLexicon.published());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I couldn't be happier.",
        "I could not be happier with it.",
        "I can't be happier.",
        "It couldn't be any better.",
        "We couldn\u2019t be more pleased.",
        "I have never been happier.",
        "There is nothing better than this.",
        "I would not say it is bad.",
        "I don't think that it is bad.",
        "I do not believe this to be a bad idea.",
        "Not only good, but cheap.",
        "It is not only good but also cheap.",
        "It is not just good, it is great.",
        "Nothing but praise from me.",
        "This was anything but bad.",
        "It was far from terrible.",
        "It was hardly a disaster.",
        "Nobody hates it.",
        "It is not mine. Good work!",
        "\uD83D\uDC4D",
        "\uD83D\uDC4D\uD83C\uDFFD",
        "\uD83C\uDF89",
        "I didn't know \uD83D\uDC4D",
        "See you tomorrow \u2764\uFE0F"
      })
  void is_positive(String text) {
    assertThat(compound(text)).isGreaterThanOrEqualTo(0.05);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It could not be worse.",
        "It couldn't be worse.",
        "It can't get any worse.",
        "I have never felt worse.",
        "We couldn't be more disappointed.",
        "Far from perfect.",
        "This is far from good.",
        "I was hardly impressed.",
        "It is barely acceptable.",
        "That is scarcely helpful.",
        "Nobody likes it.",
        "Nobody was happy.",
        "No one likes it.",
        "None of them liked it.",
        "I don't think that this was good.",
        "I would not call it a good film.",
        "I wouldn't say that I am happy.",
        "Not only bad but ugly.",
        "It is anything but good.",
        "Nothing but trouble.",
        "Terrible. Not mine.",
        "\uD83D\uDC4E",
        "\uD83D\uDE21",
        "\uD83D\uDE22\uD83D\uDE22",
        "Well \uD83D\uDC94"
      })
  void is_negative(String text) {
    assertThat(compound(text)).isLessThanOrEqualTo(-0.05);
  }

  /** Written before they were tried, and no rule was changed for them: 23 of 30 came out right. */
  @Test
  void most_of_what_no_rule_was_made_for_comes_out_right() {
    List<String> positive =
        List.of(
            "We could not have hoped for a nicer stay.",
            "I've never seen a better film.",
            "I don't find this annoying at all.",
            "Hardly any problems with it.",
            "Nobody complained about the food.",
            "The staff was not just friendly but also fast.",
            "You can't go wrong with this one.",
            "I can't complain.",
            "It is far from boring.",
            "The hotel was by no means bad.",
            "I wouldn't consider the price a problem.",
            "We couldn't be more grateful.",
            "Thanks a lot \uD83D\uDE0A",
            "New release is out \uD83D\uDE80\uD83D\uDD25",
            "There was nothing wrong with it.");
    List<String> negative =
        List.of(
            "I can't say I enjoyed it.",
            "I did not find the tour very interesting.",
            "The support could hardly be less helpful.",
            "Not once did they help.",
            "It's not exactly what I would call a pleasure.",
            "No one was friendly.",
            "The service couldn't have been worse.",
            "They never really cared about us.",
            "Neither the food nor the service was good.",
            "I doubt that anybody likes it.",
            "It was anything but a pleasure to stay there.",
            "The result is far from satisfying.",
            "It seldom works well.",
            "Waiting again \uD83D\uDE12",
            "My order never came \uD83D\uDE20");

    long right =
        positive.stream().filter(text -> compound(text) >= 0.05).count()
            + negative.stream().filter(text -> compound(text) <= -0.05).count();

    assertThat(right).isGreaterThanOrEqualTo(23);
  }

  private double compound(String text) {
    return analyzer.analyze(text).compound();
  }
}
