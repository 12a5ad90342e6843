package io.quickscale.catalog.text;

import java.util.Set;

/**
 * What a negation does to the words after it, beyond VADER's paper. As in NegEx (W.W. Chapman et
 * al., "A Simple Algorithm for Identifying Negated Findings and Diseases", 2001), some phrases
 * negate, some only look as if they did, and a scope ends where the sentence does.
 */
final class NegationScope {
  /** How far a negated opinion reaches: "I would not say that it is bad". */
  private static final int FARTHEST = 7;

  private static final Set<String> ADDING = Set.of("only", "just", "merely", "simply");

  private static final Set<String> OPINIONS =
      Set.of("say", "think", "believe", "call", "consider", "feel", "find", "claim", "expect");

  private static final Set<String> CANNOT =
      Set.of("couldn't", "couldnt", "can't", "cant", "cannot");

  private static final Set<String> BEYOND_COMPARE = Set.of("never", "nothing", "nobody", "none");

  private NegationScope() {}

  /** "Not" and its like; "far from" and "anything but"; not "not only" nor "nothing but". */
  static boolean isNegation(VaderText words, int at) {
    if (words.hasAt(at, "nothing") && words.hasAt(at + 1, "but")) {
      return false;
    }
    return words.phrase(at - 1, at).equals("far from")
        || words.phrase(at - 1, at).equals("anything but")
        || VaderRules.isNegation(words.word(at).lower()) && !words.hasOneOfAt(at + 1, ADDING);
  }

  /** Whether the negation still holds for the word at the index. */
  static boolean reaches(VaderText words, int negation, int i) {
    return words.isOneSentence(negation, i);
  }

  /** "I do not think that it was good": an opinion that is not held is the opposite one. */
  static boolean isNegatedOpinion(VaderText words, int i, int nearest) {
    for (int at = i - nearest; at >= Math.max(0, i - FARTHEST); at--) {
      if (isNegation(words, at)
          && words.hasOneOfAt(at + 1, OPINIONS)
          && reaches(words, at, i)
          && !words.phrase(at + 2, i).contains("but ")) {
        return true;
      }
    }
    return false;
  }

  /** "Could not be happier", "never been worse", "nothing better": as much so as can be. */
  static boolean isBeyondCompare(VaderText words, int negation, int i) {
    boolean cannot =
        words.hasOneOfAt(negation, CANNOT)
            || words.phrase(negation - 1, negation).matches("(?:could|can) not");
    return (cannot || words.hasOneOfAt(negation, BEYOND_COMPARE))
        && isComparative(words, negation, i);
  }

  private static boolean isComparative(VaderText words, int negation, int i) {
    String word = words.word(i).lower();
    return word.endsWith("er")
        || word.equals("worse")
        || words.hasAt(i + 1, "more")
        || (" " + words.phrase(negation + 1, i)).contains(" more ");
  }

  /** Where the contrast of a "but" begins; -1 without one. "Not only … but" adds, it does not. */
  static int contrast(VaderText words) {
    int but = words.indexOf("but");
    if (but < 0 || words.hasAt(but - 1, "nothing") || words.hasAt(but - 1, "anything")) {
      return -1;
    }
    for (int at = 0; at < but - 1; at++) {
      if (VaderRules.isNegation(words.word(at).lower()) && words.hasOneOfAt(at + 1, ADDING)) {
        return -1;
      }
    }
    return but;
  }
}
