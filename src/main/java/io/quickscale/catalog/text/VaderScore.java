package io.quickscale.catalog.text;

import java.util.List;

/**
 * What VADER says of a text.
 *
 * @param compound the normalized sum of all valences, -1 to 1, four decimals
 * @param positive share of the text that is positive, 0 to 1, three decimals
 * @param neutral share that is neither
 * @param negative share that is negative
 * @param words how many words and emoticons the text has
 * @param terms those that count, in the order of the text
 */
record VaderScore(
    double compound,
    double positive,
    double neutral,
    double negative,
    int words,
    List<Term> terms) {

  /**
   * A word or emoticon that counts.
   *
   * @param valence its rating after all rules, three decimals
   */
  record Term(String word, double valence) {}
}
