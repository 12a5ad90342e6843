package io.quickscale.cli.generate;

import io.quickscale.definition.NameForm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * What a service is called.
 *
 * @param registered the name in lists and URLs, {@code sentiment_score}
 * @param className the name of its class, {@code SentimentScoreService}
 */
public record ServiceName(String registered, String className) {
  private static final Pattern WRITABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern WORD_ENDS =
      Pattern.compile("[_-]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final String SUFFIX = "Service";

  /** What the generated class imports by these names. */
  private static final Set<String> TAKEN = Set.of("BaseService", "RegisterService");

  /**
   * The name of a service from any way to write it: {@code sentiment_score}, {@code
   * sentiment-score}, {@code SentimentScore} and {@code SentimentScoreService} are the same.
   *
   * @throws IllegalArgumentException there cannot be a service of this name; the message says why
   *     and what to do
   */
  public static ServiceName of(String written) {
    if (!WRITABLE.matcher(written).matches()) {
      throw new IllegalArgumentException(
          "'%s' cannot be a service's name: use a letter, then letters, digits, _ or -, such as sentiment_score"
              .formatted(written));
    }
    List<String> words = Arrays.asList(WORD_ENDS.split(written));
    String className = className(words);
    String registered = registered(written, words);
    if (!NameForm.isValid(registered)) {
      throw new IllegalArgumentException(
          "'%s' has %d characters: a service's name has 64 at most"
              .formatted(registered, registered.length()));
    }
    if (SourceVersion.isKeyword(registered)) {
      throw new IllegalArgumentException(
          "'%s' is a word of the Java language, which clients could not use as a name: choose another, such as %s_check"
              .formatted(registered, registered));
    }
    if (TAKEN.contains(className)) {
      throw new IllegalArgumentException(
          "the class would be called %s, as one of QuickScale's own: choose another name, such as %s_check"
              .formatted(className, registered));
    }
    return new ServiceName(registered, className);
  }

  private static String className(List<String> words) {
    String joined =
        words.stream()
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    return joined.endsWith(SUFFIX) && joined.length() > SUFFIX.length() ? joined : joined + SUFFIX;
  }

  /** A class name loses its ending; a name that was written as a registered one stays whole. */
  private static String registered(String written, List<String> words) {
    int last = words.size() - 1;
    boolean isClassName = last > 0 && written.endsWith(words.get(last - 1) + SUFFIX);
    return words.subList(0, isClassName ? last : words.size()).stream()
        .map(word -> word.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("_"));
  }
}
