package io.quickscale.catalog.text;

import java.util.List;

/**
 * A phrase that may be a keyword.
 *
 * @param text as it is written most often
 * @param words in lower case, without stop words
 * @param places all of its occurrences
 * @param weight YAKE's: above 0, the smaller the better
 */
record KeyPhrase(String text, List<String> words, List<Place> places, double weight) {
  /** The part of two words that is the same if only their endings are different. */
  private static final double STEM = 0.75;

  private static final int LONGEST_ENDING = 3;

  /** Where it is in the text, in chars; the end is after its last. */
  record Place(int start, int end) {}

  /** Whether the two have the same words, but for their endings. */
  boolean isInflected(KeyPhrase other) {
    return words.size() == other.words.size()
        && words.stream().allMatch(word -> other.words.stream().anyMatch(o -> isNear(o, word)));
  }

  private static boolean isNear(String one, String other) {
    int longest = Math.max(one.length(), other.length());
    int shortest = Math.min(one.length(), other.length());
    int common = 0;
    while (common < shortest && one.charAt(common) == other.charAt(common)) {
      common++;
    }
    boolean hasStem = common >= STEM * longest && longest - common <= LONGEST_ENDING;
    return common == longest || longest > LONGEST_ENDING && hasStem;
  }
}
