package io.quickscale.catalog.data;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Checks plain text: clean characters, length, form.
 *
 * @param minLength in characters (code points), or {@code null}: then a blank text is wrong
 * @param maxLength in characters (code points), or {@code null}
 * @param pattern what the whole text must match, or {@code null}
 */
record TextCheck(Integer minLength, Integer maxLength, String pattern) {

  /**
   * @throws BadRuleException the pattern cannot be used
   */
  List<Finding> check(String text) {
    List<Finding> findings = new ArrayList<>();
    checkCharacters(text, findings);
    checkLength(text, findings);
    checkPattern(text, findings);
    return findings;
  }

  private static void checkCharacters(String text, List<Finding> findings) {
    OptionalInt bad = IntStream.range(0, text.length()).filter(i -> !isClean(text, i)).findFirst();
    bad.ifPresent(
        i ->
            findings.add(
                Finding.of(
                    "has the character U+%04X at position %,d, which is not text"
                        .formatted((int) text.charAt(i), text.codePointCount(0, i) + 1))));
  }

  /** Control characters other than tab and line ends, and halves of surrogate pairs, are not. */
  private static boolean isClean(String text, int i) {
    char c = text.charAt(i);
    if (Character.isISOControl(c)) {
      return c == '\t' || c == '\n' || c == '\r';
    }
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    return !Character.isLowSurrogate(c) || (i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private void checkLength(String text, List<Finding> findings) {
    int length = text.codePointCount(0, text.length());
    if (minLength == null && text.isBlank()) {
      findings.add(Finding.of("is blank"));
    }
    if (minLength != null && length < minLength) {
      findings.add(
          Finding.of("has %,d characters, %,d at least are needed".formatted(length, minLength)));
    }
    if (maxLength != null && length > maxLength) {
      findings.add(
          Finding.of("has %,d characters, %,d at most are allowed".formatted(length, maxLength)));
    }
  }

  private void checkPattern(String text, List<Finding> findings) {
    if (pattern != null && !new BoundedRegexes().matchesAll(pattern, text)) {
      findings.add(Finding.of("does not match the pattern " + pattern));
    }
  }
}
