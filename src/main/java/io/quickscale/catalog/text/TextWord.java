package io.quickscale.catalog.text;

/**
 * A word of a text.
 *
 * @param start where it is in the text, in chars
 * @param end after its last char
 * @param text as it is written
 * @param key in lower case: words with the same key are the same
 * @param isStopWord it says nothing of the text's subject
 */
record TextWord(int start, int end, String text, String key, boolean isStopWord) {
  TextWord withKey(String other) {
    return new TextWord(start, end, text, other, isStopWord);
  }

  boolean isCapitalized() {
    return Character.isUpperCase(text.codePointAt(0)) || Character.isTitleCase(text.codePointAt(0));
  }

  /** An acronym, as far as one can see: two letters at least, and no lower-case ones. */
  boolean isAllCaps() {
    return text.codePoints().filter(Character::isUpperCase).count() > 1
        && text.codePoints().noneMatch(Character::isLowerCase);
  }
}
