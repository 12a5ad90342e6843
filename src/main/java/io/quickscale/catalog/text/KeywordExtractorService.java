package io.quickscale.catalog.text;

import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * Says in a few words and phrases of a text what it is about. The method is YAKE (R. Campos, V.
 * Mangaravite, A. Pasquali, A. Jorge, C. Nunes and A. Jatowt, "YAKE! Keyword extraction from single
 * documents using multiple local features", Information Sciences 509, 2020): it needs no other
 * texts and no training, only the stop words of the language. It runs here, calls nobody and gives
 * the same answer every time. Three things are not in the paper: a word and its plural are one;
 * what comes once is two words at most, or a name, and stop words are only within what comes again
 * or is a name; and a phrase that mostly overlaps a better one is left out, whatever its letters
 * are.
 */
@RegisterService(
    name = "keyword_extractor",
    description =
        "Says in a few words and phrases of a text what it is about (YAKE, Campos et al. 2020).",
    category = "text",
    creditCost = "1.0")
public class KeywordExtractorService
    extends BaseService<KeywordExtractorService.Input, KeywordExtractorService.Keywords> {
  private static final int DEFAULT_KEYWORDS = 10;

  /**
   * @param text what to find keywords in, at most 100,000 characters; HTML and Markdown are taken
   *     for what a reader sees of them
   * @param maxKeywords how many at most, 1 to 100, 10 without it
   * @param language ISO 639-1, such as {@code en}; without it, it is told from the text. Known are
   *     da, de, en, es, fi, fr, it, ja, ko, nl, no, pl, pt, ru, sv, tr, uk and zh; a text in
   *     another language is taken without regard to its stop words
   */
  public record Input(
      @NotBlank @Size(max = 100_000) String text,
      @Min(1) @Max(100) Integer maxKeywords,
      @Pattern(regexp = "[a-z]{2}", message = "must be an ISO 639-1 code such as en") String language) {}

  /**
   * What the text is about.
   *
   * @param keywords the best first; none if the text has no words
   * @param language whose stop words were left out, ISO 639-1; absent if they are of no language
   *     that is known here
   */
  public record Keywords(List<Keyword> keywords, String language) {}

  /**
   * A word or phrase of the text.
   *
   * @param keyword one to three words, and stop words between them, as the text has them most often
   * @param score above 0 to 1, four decimals, the higher the better: 1 / (1 + w) of YAKE's weight
   *     w. It ranks the keywords of one text; those of two texts cannot be compared
   */
  public record Keyword(String keyword, double score) {}

  @Override
  @Timeout(5000)
  protected Keywords executeService(RunContext context, Input input) {
    String text = PlainText.of(input.text());
    StopWords stopWords = stopWords(text, input.language());
    int most = Optional.ofNullable(input.maxKeywords()).orElse(DEFAULT_KEYWORDS);
    List<KeyPhrase> best = KeyPhrases.best(SegmentedText.of(text, stopWords), most);
    return new Keywords(
        best.stream().map(KeywordExtractorService::keyword).toList(),
        stopWords.language().orElse(null));
  }

  private static StopWords stopWords(String text, String language) {
    if (language != null) {
      return StopWords.of(language);
    }
    List<String> words =
        SegmentedText.of(text, StopWords.NONE).sentences().stream()
            .flatMap(Collection::stream)
            .flatMap(Collection::stream)
            .map(TextWord::key)
            .toList();
    return StopWords.fitting(text, words);
  }

  private static Keyword keyword(KeyPhrase phrase) {
    double score = 1 / (1 + phrase.weight());
    return new Keyword(phrase.text(), Math.round(score * 10_000) / 10_000.0);
  }
}
