package io.quickscale.catalog.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that say nothing of a text's subject: articles, pronouns, auxiliary verbs and the like, in
 * lower case. The lists are our own, one file a language next to this class, read on first use.
 */
final class StopWords {
  /** In this order, so that of two that fit a text alike it is always the same one. */
  private static final List<String> LANGUAGES =
      List.of(
          "da", "de", "en", "es", "fi", "fr", "it", "ko", "nl", "no", "pl", "pt", "ru", "sv", "tr",
          "uk", "zh");

  /** Written without spaces: how a text is cut is told by its script, not by a list. */
  private static final String JAPANESE = "ja";

  private static final String CHINESE = "zh";
  private static final String KOREAN = "ko";

  /** A language is known by its stop words if at least this part of all words is among them. */
  private static final double LEAST_PART = 0.15;

  static final StopWords NONE = new StopWords(null, Set.of());

  private final String language;
  private final Set<String> words;

  private StopWords(String language, Set<String> words) {
    this.language = language;
    this.words = words;
  }

  /** Those of a language by its ISO 639-1 code; none if there is no list of it. */
  static StopWords of(String language) {
    if (language.equals(JAPANESE)) {
      return new StopWords(JAPANESE, Set.of());
    }
    return Optional.ofNullable(Lists.ALL.get(language)).orElse(NONE);
  }

  /**
   * Those of the language that most of the words are stop words of; Japanese, Chinese and Korean
   * are told by their script. None if no list fits.
   */
  static StopWords fitting(String text, Collection<String> lowerCaseWords) {
    long kana = text.codePoints().filter(Script::isKana).count();
    long han = text.codePoints().filter(Script::isHan).count();
    long letters = text.codePoints().filter(Character::isLetter).count();
    if ((kana + han) * 2 > letters) {
      return of(kana * 10 > han ? JAPANESE : CHINESE);
    }
    long hangul = text.codePoints().filter(Script::isHangul).count();
    return hangul * 2 > letters ? of(KOREAN) : mostFitting(lowerCaseWords);
  }

  private static StopWords mostFitting(Collection<String> lowerCaseWords) {
    StopWords best = NONE;
    long most = (long) (lowerCaseWords.size() * LEAST_PART);
    for (StopWords list : LANGUAGES.stream().map(Lists.ALL::get).toList()) {
      long count = lowerCaseWords.stream().filter(list.words::contains).count();
      if (count > most) {
        best = list;
        most = count;
      }
    }
    return best;
  }

  /** ISO 639-1, empty if these are no language's. */
  Optional<String> language() {
    return Optional.ofNullable(language);
  }

  boolean contains(String lowerCaseWord) {
    return words.contains(lowerCaseWord);
  }

  /** Where a text that is written without spaces is cut: at each of the words, longest first. */
  Pattern cuts() {
    return Pattern.compile(
        words.stream()
            .sorted((a, b) -> b.length() - a.length())
            .map(Pattern::quote)
            .collect(Collectors.joining("|")));
  }

  boolean isChinese() {
    return CHINESE.equals(language);
  }

  private static StopWords read(String language) {
    String file = "stopwords/" + language + ".txt";
    try (InputStream content = StopWords.class.getResourceAsStream(file)) {
      if (content == null) {
        throw new IllegalStateException(file + " is not on the class path.");
      }
      Stream<String> lines = new String(content.readAllBytes(), StandardCharsets.UTF_8).lines();
      return new StopWords(
          language,
          lines
              .filter(line -> !line.startsWith("#"))
              .flatMap(line -> Arrays.stream(line.split(" ")))
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static final class Lists {
    static final Map<String, StopWords> ALL =
        LANGUAGES.stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), StopWords::read));
  }
}
