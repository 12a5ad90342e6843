package io.quickscale.catalog.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text's sentences, in each its phrases (what stands between punctuation), in each its words.
 * Sentences and words are told apart by Unicode's rules, as {@link BreakIterator} knows them; in
 * Chinese and Japanese, which have no spaces, by stop words and by script.
 */
final class SegmentedText {
  /** An article or pronoun that French and Italian join to the next word. */
  private static final Pattern ELISION =
      Pattern.compile(
          "(?iU)((?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|(?:d|n|s)?(?:e|a|u)?ll|un|quest|quell)['\u2019])\\p{L}.*");

  private static final Pattern POSSESSIVE = Pattern.compile("['\u2019][sS]?$");
  private static final Pattern LETTER = Pattern.compile("\\p{L}");
  private static final List<String> PLURALS = List.of("s", "es");
  private static final int LEAST_LETTERS = 3;

  /** What is longer, and has neither space nor stop word in it, is more than one word. */
  private static final int MOST_UNSPACED = 6;

  private final String text;
  private final StopWords stopWords;
  private final Locale locale;
  private final Pattern cuts;
  private final ChineseWords chineseWords;
  private final List<List<List<TextWord>>> sentences = new ArrayList<>();

  private SegmentedText(String text, StopWords stopWords) {
    this.text = text;
    this.stopWords = stopWords;
    this.locale = stopWords.language().map(Locale::forLanguageTag).orElse(Locale.ROOT);
    this.cuts = stopWords.isChinese() ? stopWords.cuts() : null;
    this.chineseWords = stopWords.isChinese() ? ChineseWords.in(text, cuts) : null;
    BreakIterator ends = BreakIterator.getSentenceInstance(locale);
    ends.setText(text);
    int start = ends.first();
    for (int end = ends.next(); end != BreakIterator.DONE; end = ends.next()) {
      if (!isInitial(end)) {
        addSentence(start, end);
        start = end;
      }
    }
    addSentence(start, text.length());
    joinPlurals();
  }

  static SegmentedText of(String text, StopWords stopWords) {
    return new SegmentedText(text, stopWords);
  }

  String text() {
    return text;
  }

  Locale locale() {
    return locale;
  }

  List<List<List<TextWord>>> sentences() {
    return sentences;
  }

  /** A word and its plural with "s" or "es" are one word, if the text has both. */
  private void joinPlurals() {
    Set<String> keys =
        sentences.stream()
            .flatMap(List::stream)
            .flatMap(List::stream)
            .map(TextWord::key)
            .collect(Collectors.toSet());
    sentences.replaceAll(
        phrases ->
            phrases.stream()
                .map(phrase -> phrase.stream().map(word -> singular(word, keys)).toList())
                .toList());
  }

  private static TextWord singular(TextWord word, Set<String> keys) {
    return PLURALS.stream()
        .filter(plural -> !word.isStopWord() && word.key().endsWith(plural))
        .map(plural -> word.key().substring(0, word.key().length() - plural.length()))
        .filter(key -> key.length() >= LEAST_LETTERS && keys.contains(key))
        .findFirst()
        .map(word::withKey)
        .orElse(word);
  }

  /** Whether what ends here is the initial of a name, as in "J. S. Bach", not a sentence. */
  private boolean isInitial(int end) {
    String before = text.substring(Math.max(0, end - 4), end).stripTrailing();
    int length = before.length();
    return length >= 2
        && before.charAt(length - 1) == '.'
        && Character.isUpperCase(before.charAt(length - 2))
        && (length == 2 || !Character.isLetterOrDigit(before.charAt(length - 3)));
  }

  private void addSentence(int from, int to) {
    List<List<TextWord>> phrases = new ArrayList<>();
    List<TextWord> phrase = new ArrayList<>();
    BreakIterator ends = BreakIterator.getWordInstance(locale);
    ends.setText(text.substring(from, to));
    int start = ends.first();
    for (int end = ends.next(); end != BreakIterator.DONE; start = end, end = ends.next()) {
      String piece = text.substring(from + start, from + end);
      if (LETTER.matcher(piece).find()) {
        addWords(phrase, from + start, piece);
      } else if (!piece.isBlank()) {
        close(phrases, phrase);
      }
    }
    close(phrases, phrase);
    if (!phrases.isEmpty()) {
      sentences.add(phrases);
    }
  }

  private static void close(List<List<TextWord>> phrases, List<TextWord> phrase) {
    if (!phrase.isEmpty()) {
      phrases.add(List.copyOf(phrase));
      phrase.clear();
    }
  }

  private void addWords(List<TextWord> phrase, int start, String piece) {
    Matcher elision = ELISION.matcher(piece);
    if (piece.codePoints().anyMatch(c -> Script.isHan(c) || Script.isKana(c))) {
      addUnspaced(phrase, start, piece);
    } else if (elision.matches()) {
      int end = elision.end(1);
      phrase.add(stopWord(start, piece.substring(0, end)));
      addWord(phrase, start + end, piece.substring(end));
    } else {
      addWord(phrase, start, piece);
    }
  }

  private void addWord(List<TextWord> phrase, int start, String piece) {
    String key = key(piece);
    if (stopWords.contains(key)) {
      phrase.add(stopWord(start, piece));
      return;
    }
    String bare = Korean.noun(POSSESSIVE.matcher(piece).replaceAll(""));
    boolean isStopWord = stopWords.contains(key(bare)) || isTooShort(bare) || Korean.isVerb(bare);
    phrase.add(new TextWord(start, start + bare.length(), bare, key(bare), isStopWord));
    String particle = piece.substring(bare.length());
    if (Korean.isParticle(particle)) {
      phrase.add(stopWord(start + bare.length(), particle));
    }
  }

  /** One or two letters are a word only as an acronym, or where a letter is a syllable. */
  private static boolean isTooShort(String word) {
    long letters = word.codePoints().filter(Character::isLetter).count();
    boolean isAlphabetic =
        word.codePoints().anyMatch(c -> Character.isUpperCase(c) || Character.isLowerCase(c));
    boolean isAcronym = letters > 1 && word.codePoints().allMatch(c -> !Character.isLowerCase(c));
    return isAlphabetic ? letters < LEAST_LETTERS && !isAcronym : letters < 2;
  }

  /** Typographic apostrophes are those of the lists. */
  private String key(String word) {
    return word.replace('\u2019', '\'').toLowerCase(locale);
  }

  private TextWord stopWord(int start, String piece) {
    return new TextWord(start, start + piece.length(), piece, key(piece), true);
  }

  private void addUnspaced(List<TextWord> phrase, int start, String piece) {
    if (cuts == null) {
      addUntilHiragana(phrase, start, piece);
      return;
    }
    Matcher cut = cuts.matcher(piece);
    int from = 0;
    while (cut.find()) {
      addChinese(phrase, start + from, piece.substring(from, cut.start()));
      phrase.add(stopWord(start + cut.start(), cut.group()));
      from = cut.end();
    }
    addChinese(phrase, start + from, piece.substring(from));
  }

  private void addChinese(List<TextWord> phrase, int start, String run) {
    int from = start;
    for (String part : chineseWords.parts(run)) {
      addRun(phrase, from, part);
      from += part.length();
    }
  }

  /** Hiragana is what Japanese writes particles and endings with. */
  private void addUntilHiragana(List<TextWord> phrase, int start, String piece) {
    int from = 0;
    while (from < piece.length()) {
      boolean isHiragana = Script.isHiragana(piece.charAt(from));
      int to = from;
      while (to < piece.length() && Script.isHiragana(piece.charAt(to)) == isHiragana) {
        to++;
      }
      String run = piece.substring(from, to);
      if (isHiragana) {
        phrase.add(stopWord(start + from, run));
      } else {
        addRun(phrase, start + from, run);
      }
      from = to;
    }
  }

  private void addRun(List<TextWord> phrase, int start, String run) {
    if (!run.isEmpty()) {
      int length = run.codePointCount(0, run.length());
      boolean isStopWord = length < 2 || length > MOST_UNSPACED;
      phrase.add(new TextWord(start, start + run.length(), run, key(run), isStopWord));
    }
  }
}
