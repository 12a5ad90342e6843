package io.quickscale.catalog.text;

import java.lang.Character.UnicodeScript;

/** What a character's script says about how words are told apart. */
final class Script {
  /** Lengthens a vowel; Unicode gives it to no script. */
  private static final int LONG_VOWEL = '\u30FC';

  private Script() {}

  /** Chinese characters, which Japanese uses too. */
  static boolean isHan(int codePoint) {
    return UnicodeScript.of(codePoint) == UnicodeScript.HAN;
  }

  static boolean isHangul(int codePoint) {
    return UnicodeScript.of(codePoint) == UnicodeScript.HANGUL;
  }

  static boolean isHiragana(int codePoint) {
    return UnicodeScript.of(codePoint) == UnicodeScript.HIRAGANA;
  }

  static boolean isKana(int codePoint) {
    return isHiragana(codePoint)
        || codePoint == LONG_VOWEL
        || UnicodeScript.of(codePoint) == UnicodeScript.KATAKANA;
  }
}
