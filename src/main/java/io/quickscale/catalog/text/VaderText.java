package io.quickscale.catalog.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text as VADER sees it: words, emoticons and {@link Emoji} in their order. Other emoji separate
 * words and count for nothing.
 */
final class VaderText {
  private static final Pattern SPACE = Pattern.compile("(?U)\\s+");
  private static final Pattern EMOJI =
      Pattern.compile("[\\x{1F000}-\\x{1FAFF}[\\x{2190}-\\x{2BFF}&&\\p{So}]][\\uFE0F\\u200D]*");
  private static final Pattern SENTENCE_END = Pattern.compile(".*[.!?;]\\p{Punct}*");

  /** Shorter tokens keep their punctuation: they may be emoticons. */
  private static final int LONGEST_EMOTICON_CORE = 2;

  private final List<Word> words;
  private final boolean capitalsStandOut;

  private VaderText(List<Word> words) {
    this.words = words;
    long allCaps = words.stream().filter(Word::allCaps).count();
    this.capitalsStandOut = allCaps > 0 && allCaps < words.size();
  }

  static VaderText of(String text) {
    // Typographic apostrophes would hide "isn't" from the rules.
    String plain = EMOJI.matcher(text.replace('\u2019', '\'')).replaceAll(VaderText::known);
    return new VaderText(
        SPACE
            .splitAsStream(plain)
            .filter(token -> !token.isEmpty())
            .map(token -> Word.of(withoutPunctuation(token), token))
            .toList());
  }

  private static String known(MatchResult emoji) {
    String bare = Character.toString(emoji.group().codePointAt(0));
    return Emoji.word(bare).isPresent() ? " " + bare + " " : " ";
  }

  int size() {
    return words.size();
  }

  Word word(int index) {
    return words.get(index);
  }

  /** Whether the word is written in capitals and others are not. */
  boolean isEmphasized(int index) {
    return capitalsStandOut && words.get(index).allCaps();
  }

  /** Whether there is such a word, in lower case, at the index. */
  boolean hasAt(int index, String lowerCaseWord) {
    return index >= 0 && index < size() && words.get(index).lower().equals(lowerCaseWord);
  }

  /** Whether there is one of these words, in lower case, at the index. */
  boolean hasOneOfAt(int index, Set<String> lowerCaseWords) {
    return index >= 0 && index < size() && lowerCaseWords.contains(words.get(index).lower());
  }

  /** Whether no sentence ends from the one index on to before the other. */
  boolean isOneSentence(int first, int last) {
    return words.subList(first, last).stream().noneMatch(Word::endsSentence);
  }

  /** The words from first to last, both included, in lower case; empty if not all are there. */
  String phrase(int first, int last) {
    if (first < 0 || last >= size()) {
      return "";
    }
    return String.join(" ", words.subList(first, last + 1).stream().map(Word::lower).toList());
  }

  /** The first place of a word in lower case, or -1. */
  int indexOf(String lowerCaseWord) {
    for (int i = 0; i < size(); i++) {
      if (hasAt(i, lowerCaseWord)) {
        return i;
      }
    }
    return -1;
  }

  private static String withoutPunctuation(String token) {
    int start = 0;
    int end = token.length();
    while (start < end && isAsciiPunctuation(token.charAt(start))) {
      start++;
    }
    while (end > start && isAsciiPunctuation(token.charAt(end - 1))) {
      end--;
    }
    boolean mayBeEmoticon = token.codePointCount(start, end) <= LONGEST_EMOTICON_CORE;
    return mayBeEmoticon ? token : token.substring(start, end);
  }

  private static boolean isAsciiPunctuation(char c) {
    return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
  }

  /**
   * One word, emoticon or emoji.
   *
   * @param lower in lower case; of an emoji, the word that stands for it
   * @param allCaps it has upper-case letters and no others
   * @param endsSentence the sentence ends with it
   */
  record Word(String text, String lower, boolean allCaps, boolean isEmoji, boolean endsSentence) {
    static Word of(String text, String token) {
      return new Word(
          text,
          Emoji.word(text).orElseGet(() -> text.toLowerCase(Locale.ROOT)),
          isAllCaps(text),
          Emoji.word(text).isPresent(),
          SENTENCE_END.matcher(token).matches());
    }

    private static boolean isAllCaps(String text) {
      return text.codePoints().anyMatch(Character::isUpperCase)
          && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }
  }
}
