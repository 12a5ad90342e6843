package io.quickscale.catalog.text;

import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * Says whether an English text is positive, negative or neutral, and which words make it so. The
 * method is VADER (C.J. Hutto and E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment
 * Analysis of Social Media Text", ICWSM 2014): a lexicon rated by people, and rules for negation,
 * degree, emphasis and contrast. It runs here, calls nobody and gives the same answer every time.
 */
@RegisterService(
    name = "sentiment_analysis",
    description =
        "Says whether an English text is positive, negative or neutral, with the words that make it"
            + " so (VADER, Hutto and Gilbert 2014).",
    category = "text",
    creditCost = "1.0")
public class SentimentAnalysisService
    extends BaseService<SentimentAnalysisService.Input, SentimentAnalysisService.Sentiment> {

  /** The authors' threshold between neutral and not. */
  private static final double THRESHOLD = 0.05;

  private static final int MOST_TERMS = 100;

  private final VaderAnalyzer analyzer = new VaderAnalyzer(VaderLexicon.published());

  /**
   * @param text what to judge, at most 10,000 characters; English, or the answer is neutral with
   *     confidence 0
   */
  public record Input(@NotBlank @Size(max = 10_000) String text) {}

  /**
   * The judgement.
   *
   * @param label {@code positive} for a score of 0.05 or more, {@code negative} for -0.05 or less,
   *     else {@code neutral}
   * @param score VADER's compound score, -1 (most negative) to 1 (most positive), four decimals
   * @param confidence 0 to 1, four decimals; a measure of the evidence, not a probability. For
   *     positive and negative, the size of the score times the part of the sentiment in the text
   *     that agrees with the label. For neutral, how close the score is to 0 (1 at 0, 0 at the
   *     threshold), and 0 if the text has no word that the lexicon knows, since nothing was judged
   * @param positive share of the text that is positive, 0 to 1, three decimals
   * @param neutral share that is neither
   * @param negative share that is negative
   * @param details what the score was made from
   */
  public record Sentiment(
      String label,
      double score,
      double confidence,
      double positive,
      double neutral,
      double negative,
      Details details) {}

  /**
   * What the score was made from.
   *
   * @param words how many words and emoticons the text has
   * @param sentimentWords how many of them count
   * @param terms those that count, in the order of the text, at most the first 100
   */
  public record Details(int words, int sentimentWords, List<Term> terms) {}

  /**
   * A word or emoticon that counts.
   *
   * @param valence its rating after negation, degree, capitals and "but", below 0 if negative
   */
  public record Term(String word, double valence) {}

  @Override
  @Timeout(2000)
  protected Sentiment executeService(RunContext context, Input input) {
    VaderScore score = analyzer.analyze(input.text());
    return new Sentiment(
        label(score),
        score.compound(),
        confidence(score),
        score.positive(),
        score.neutral(),
        score.negative(),
        details(score));
  }

  private static String label(VaderScore score) {
    if (score.compound() >= THRESHOLD) {
      return "positive";
    }
    return score.compound() <= -THRESHOLD ? "negative" : "neutral";
  }

  private static double confidence(VaderScore score) {
    if (score.terms().isEmpty()) {
      return 0;
    }
    double size = Math.abs(score.compound());
    double confidence = size < THRESHOLD ? 1 - size / THRESHOLD : size * agreement(score);
    return Math.round(confidence * 10_000) / 10_000.0;
  }

  /** The part of all valence that has the sign of the score, 0 to 1. */
  private static double agreement(VaderScore score) {
    double sign = Math.signum(score.compound());
    double all = score.terms().stream().mapToDouble(t -> Math.abs(t.valence())).sum();
    double agreeing =
        score.terms().stream().mapToDouble(t -> sign * t.valence()).filter(v -> v > 0).sum();
    return agreeing / all;
  }

  private static Details details(VaderScore score) {
    List<Term> terms =
        score.terms().stream()
            .limit(MOST_TERMS)
            .map(term -> new Term(term.word(), term.valence()))
            .toList();
    return new Details(score.words(), score.terms().size(), terms);
  }
}
