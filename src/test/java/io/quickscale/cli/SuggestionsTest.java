package io.quickscale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which known word a misspelt one is taken for. */
class SuggestionsTest {
  private static final List<String> KNOWN =
      List.of("run", "usage", "users", "keys", "list-services", "--json", "--help");

  @ParameterizedTest
  @CsvSource({
    "usres, users", // swapped
    "user, users", // left out
    "keyss, keys", // put in
    "usega, usage",
    "list-service, list-services",
    "lst-services, list-services",
    "list, list-services", // begun
    "--jsn, --json",
    "--hlep, --help",
  })
  void the_nearest_word_comes_first(String word, String meant) {
    assertThat(Suggestions.near(word, KNOWN)).first().isEqualTo(meant);
  }

  @Test
  void a_word_that_is_far_from_all_gets_none() {
    assertThat(Suggestions.near("deploy", KNOWN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc, 0",
    "abc, acb, 1",
    "abc, ab, 1",
    "abc, xbc, 1",
    "'', abc, 3",
    "abc, cab, 2"
  })
  void the_distance_counts_letters(String one, String other, int distance) {
    assertThat(Suggestions.distance(one, other)).isEqualTo(distance);
    assertThat(Suggestions.distance(other, one)).isEqualTo(distance);
  }
}
