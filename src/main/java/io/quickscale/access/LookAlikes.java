package io.quickscale.access;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names that could pass for others: letters of several scripts, or digits of several systems, in
 * one name (UTS #39, "highly restrictive": Latin goes with the scripts of Chinese, Japanese and
 * Korean, everything else stands alone), and whole names of Cyrillic or Greek letters that all look
 * Latin.
 */
final class LookAlikes {
  private static final List<Set<UnicodeScript>> TOGETHER =
      List.of(
          EnumSet.of(
              UnicodeScript.LATIN,
              UnicodeScript.HAN,
              UnicodeScript.HIRAGANA,
              UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

  /** Belongs to Hiragana and Katakana, and so to no one script. */
  private static final int PROLONGED_SOUND_MARK = 0x30FC;

  private static final String LATIN_IN_CYRILLIC =
      "\u0430\u0501\u0435\u04BB\u0456\u0458\u04CF\u043E\u0440\u051B\u0441\u0455\u051D\u0445\u0443\u0475";
  private static final String LATIN_IN_GREEK =
      "\u03B1\u03B9\u03BA\u03BD\u03BF\u03C1\u03C5\u03C7\u03B3\u03C9\u03F2\u03F3";

  private LookAlikes() {}

  /**
   * Makes sure that a name is none of them.
   *
   * @param name in lower case
   * @throws IllegalArgumentException it is
   */
  static void refuseIn(String name) {
    int[] letters = name.codePoints().filter(Character::isLetter).toArray();
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    for (int letter : letters) {
      if (letter != PROLONGED_SOUND_MARK) {
        scripts.add(UnicodeScript.of(letter));
      }
    }
    if (scripts.contains(UnicodeScript.COMMON)
        || (scripts.size() > 1
            && TOGETHER.stream().noneMatch(allowed -> allowed.containsAll(scripts)))) {
      throw new IllegalArgumentException(
          "mixes letters of several scripts before the @ and could pass for another address: "
              + names(scripts));
    }
    if (letters.length > 0
        && (isAllOf(LATIN_IN_CYRILLIC, letters) || isAllOf(LATIN_IN_GREEK, letters))) {
      throw new IllegalArgumentException(
          "has only letters that look like Latin ones before the @ and could pass for another"
              + " address: "
              + names(scripts));
    }
    refuseMixedDigits(name);
  }

  private static void refuseMixedDigits(String name) {
    if (name.codePoints()
            .filter(Character::isDigit)
            .map(digit -> digit - Character.getNumericValue(digit))
            .distinct()
            .count()
        > 1) {
      throw new IllegalArgumentException(
          "mixes digits of several systems before the @ and could pass for another address");
    }
  }

  private static boolean isAllOf(String lookAlikes, int[] letters) {
    return Arrays.stream(letters).allMatch(letter -> lookAlikes.indexOf(letter) >= 0);
  }

  private static String names(Set<UnicodeScript> scripts) {
    return scripts.stream()
        .map(
            script -> script.name().charAt(0) + script.name().substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
