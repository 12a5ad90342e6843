package «package»;

import io.quickscale.service.BaseService;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Counts the words and sentences of a text, and says which words it uses most. */
«annotation»
«class-header»
  private static final int MOST_FREQUENT = 5;

  /**
   * What callers send, as a JSON object. Add a component for each member, with its constraints;
   * they are checked before the service is called.
   *
   * @param text what to count in, at most 10,000 characters
   */
  public record Input(@NotBlank @Size(max = 10_000) String text) {}

  /**
   * What callers get.
   *
   * @param characters how many (code points), space included
   * @param words how many
   * @param sentences how many
   * @param frequentWords the five words that come most often, in lower case
   */
  public record Result(int characters, int words, int sentences, List<Frequency> frequentWords) {}

  /**
   * How often a word comes.
   *
   * @param word in lower case
   * @param count how often
   */
  public record Frequency(String word, int count) {}

  @Override
  @Timeout(2000)
  protected Result executeService(RunContext context, Input input) {
    // Your own logic goes here. The input is valid and the credits are held: they are charged when
    // this returns, and given back when it throws.
    String text = input.text();
    List<String> words = parts(text, BreakIterator.getWordInstance(Locale.ROOT));
    if (words.isEmpty()) {
      // What constraints cannot see: 400 for the caller, nothing charged.
      throw InvalidInputException.of("text", "has no words");
    }
    List<String> sentences = parts(text, BreakIterator.getSentenceInstance(Locale.ROOT));
    return new Result(
        text.codePointCount(0, text.length()), words.size(), sentences.size(), frequent(words));
  }

  /** The parts between boundaries that have a letter or a digit. */
  private static List<String> parts(String text, BreakIterator boundaries) {
    List<String> parts = new ArrayList<>();
    boundaries.setText(text);
    int start = boundaries.first();
    for (int end = boundaries.next(); end != BreakIterator.DONE; end = boundaries.next()) {
      String part = text.substring(start, end);
      if (part.codePoints().anyMatch(Character::isLetterOrDigit)) {
        parts.add(part);
      }
      start = end;
    }
    return parts;
  }

  private static List<Frequency> frequent(List<String> words) {
    Map<String, Long> counts =
        words.stream()
            .map(word -> word.toLowerCase(Locale.ROOT))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> new Frequency(entry.getKey(), entry.getValue().intValue()))
        .sorted(Comparator.comparing(Frequency::count).reversed().thenComparing(Frequency::word))
        .limit(MOST_FREQUENT)
        .toList();
  }
}
