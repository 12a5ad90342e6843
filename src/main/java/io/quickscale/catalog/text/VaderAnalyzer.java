package io.quickscale.catalog.text;

import io.quickscale.catalog.text.VaderScore.Term;
import io.quickscale.catalog.text.VaderText.Word;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rules of VADER (C.J. Hutto and E. Gilbert, "VADER: A Parsimonious Rule-based Model for
 * Sentiment Analysis of Social Media Text", ICWSM 2014). Each word of the lexicon has a valence;
 * the words around it, capitals and punctuation change it; the sum, normalized, is the compound
 * score.
 *
 * <p>Where the authors' own program does something else than the paper says, this does as the
 * program does, because its figures are the ones that people compare with. These things differ:
 * what is negated (see {@link NegationScope}; "hardly", "barely" and "scarcely" negate), emoji (see
 * {@link Emoji}), typographic apostrophes, a slip of the program that takes one of two equal
 * valences for the other around "but", and remainders of floating-point sums.
 *
 * <p>Immutable, so one instance serves all threads. Time grows linearly with the text.
 */
final class VaderAnalyzer {
  /** Turns the sum of valences into a score: about the greatest sum to be expected, squared. */
  private static final double ALPHA = 15;

  private static final double CAPITALS = 0.733;
  private static final double NEGATED = -0.74;
  private static final double NEVER_SO = 1.25;
  private static final double BEFORE_BUT = 0.5;
  private static final double AFTER_BUT = 1.5;

  /** A modifier counts less the further away it is: 1, 2, 3 words before. */
  private static final double[] DISTANCE_DECAY = {1, 0.95, 0.9};

  private static final double EXCLAMATION_MARK = 0.292;
  private static final int MOST_EXCLAMATION_MARKS = 4;
  private static final double QUESTION_MARK = 0.18;
  private static final int MOST_QUESTION_MARKS = 3;
  private static final double MANY_QUESTION_MARKS = 0.96;

  /**
   * Opposites that cancel out leave a remainder of this size, which punctuation must not amplify.
   */
  private static final double ROUNDING_ERROR = 1e-9;

  private final VaderLexicon lexicon;

  VaderAnalyzer(VaderLexicon lexicon) {
    this.lexicon = lexicon;
  }

  VaderScore analyze(String text) {
    VaderText words = VaderText.of(text);
    double[] valences = new double[words.size()];
    for (int i = 0; i < valences.length; i++) {
      valences[i] = valence(words, i);
    }
    weighAroundBut(words, valences);
    return score(words, valences, punctuationEmphasis(text));
  }

  private double valence(VaderText words, int i) {
    String word = words.word(i).lower();
    boolean isKindOf = word.equals("kind") && words.hasAt(i + 1, "of");
    if (isKindOf || VaderRules.isDegreeModifier(word) || !lexicon.contains(word)) {
      return 0;
    }
    double valence = emphasized(words, i, ownValence(words, i));
    if (words.word(i).isEmoji()) {
      // It stands by itself: in "I didn't know 👍" nothing negates it.
      return lexicon.valence(word);
    }
    valence = afterPreviousWords(words, i, valence);
    if (NegationScope.isNegatedOpinion(words, i, DISTANCE_DECAY.length + 1)) {
      valence *= NEGATED;
    }
    return afterLeast(words, i, valence);
  }

  /** "No" negates the word of the lexicon that follows it, and has its own valence elsewhere. */
  private double ownValence(VaderText words, int i) {
    double valence = lexicon.valence(words.word(i).lower());
    if (isNegatedByNo(words, i)) {
      return valence * NEGATED;
    }
    boolean isNegatingNo = words.hasAt(i, "no") && isInLexicon(words, i + 1);
    return isNegatingNo ? 0 : valence;
  }

  private static boolean isNegatedByNo(VaderText words, int i) {
    boolean afterOr = words.hasAt(i - 1, "or") || words.hasAt(i - 1, "nor");
    return words.hasAt(i - 1, "no")
        || words.hasAt(i - 2, "no")
        || (words.hasAt(i - 3, "no") && afterOr);
  }

  private static double emphasized(VaderText words, int i, double valence) {
    return words.isEmphasized(i) ? valence + awayFromZero(CAPITALS, valence) : valence;
  }

  /** The three words before: degree modifiers, negations, and idioms once three are there. */
  private double afterPreviousWords(VaderText words, int i, double valence) {
    double result = valence;
    for (int distance = 1; distance <= DISTANCE_DECAY.length && distance <= i; distance++) {
      if (isInLexicon(words, i - distance)) {
        continue;
      }
      result += degree(words, i - distance, result) * DISTANCE_DECAY[distance - 1];
      result = negated(words, i, distance, result);
      if (distance == DISTANCE_DECAY.length) {
        result = afterIdioms(words, i, result);
      }
    }
    return result;
  }

  /** What the word adds to a valence that follows it. */
  private static double degree(VaderText words, int modifier, double valence) {
    double degree = VaderRules.degree(words.word(modifier).lower());
    if (degree == 0) {
      return 0;
    }
    double signed = valence < 0 ? -degree : degree;
    return words.isEmphasized(modifier) ? signed + awayFromZero(CAPITALS, valence) : signed;
  }

  private static double negated(VaderText words, int i, int distance, double valence) {
    if (isNeverSo(words, i, distance)) {
      return valence * NEVER_SO;
    }
    int negation = i - distance;
    boolean negates =
        NegationScope.isNegation(words, negation)
            && NegationScope.reaches(words, negation, i)
            && !isWithoutDoubt(words, i, distance);
    if (negates && NegationScope.isBeyondCompare(words, negation, i)) {
      return valence * NEVER_SO;
    }
    return negates ? valence * NEGATED : valence;
  }

  /** "Never so good" is praise. */
  private static boolean isNeverSo(VaderText words, int i, int distance) {
    boolean neverIsThere = words.hasAt(i - distance, "never");
    return switch (distance) {
      case 2 -> neverIsThere && isSoOrThis(words, i - 1);
      // The authors' program asks for no "never" here: a known slip that shapes its figures.
      case 3 -> neverIsThere && isSoOrThis(words, i - 2) || isSoOrThis(words, i - 1);
      default -> false;
    };
  }

  private static boolean isSoOrThis(VaderText words, int i) {
    return words.hasAt(i, "so") || words.hasAt(i, "this");
  }

  private static boolean isWithoutDoubt(VaderText words, int i, int distance) {
    return words.hasAt(i - distance, "without")
        && IntStream.range(i - distance + 1, i).anyMatch(next -> words.hasAt(next, "doubt"));
  }

  /** Idioms that end here, one word before, or start here; then two-word degree modifiers. */
  private static double afterIdioms(VaderText words, int i, double valence) {
    double result =
        firstIdiom(
            valence,
            words.phrase(i - 1, i),
            words.phrase(i - 2, i),
            words.phrase(i - 2, i - 1),
            words.phrase(i - 3, i - 1),
            words.phrase(i - 3, i - 2));
    result = firstIdiom(result, words.phrase(i, i + 2), words.phrase(i, i + 1));
    return result
        + VaderRules.degree(words.phrase(i - 3, i - 1))
        + VaderRules.degree(words.phrase(i - 3, i - 2))
        + VaderRules.degree(words.phrase(i - 2, i - 1));
  }

  private static double firstIdiom(double otherwise, String... phrases) {
    for (String phrase : phrases) {
      Double idiom = VaderRules.idiom(phrase);
      if (idiom != null) {
        return idiom;
      }
    }
    return otherwise;
  }

  /** "Least" negates, except in "at least" and "very least". */
  private double afterLeast(VaderText words, int i, double valence) {
    boolean negates =
        words.hasAt(i - 1, "least")
            && !isInLexicon(words, i - 1)
            && !words.hasAt(i - 2, "at")
            && !words.hasAt(i - 2, "very");
    return negates ? valence * NEGATED : valence;
  }

  /** What follows a "but" that contrasts is what the writer means. */
  private static void weighAroundBut(VaderText words, double[] valences) {
    int but = NegationScope.contrast(words);
    for (int i = 0; but >= 0 && i < valences.length; i++) {
      if (i != but) {
        valences[i] *= i < but ? BEFORE_BUT : AFTER_BUT;
      }
    }
  }

  private static double punctuationEmphasis(String text) {
    long exclamationMarks = count(text, '!');
    long questionMarks = count(text, '?');
    double exclaimed = Math.min(exclamationMarks, MOST_EXCLAMATION_MARKS) * EXCLAMATION_MARK;
    if (questionMarks <= 1) {
      return exclaimed;
    }
    return exclaimed
        + (questionMarks > MOST_QUESTION_MARKS
            ? MANY_QUESTION_MARKS
            : questionMarks * QUESTION_MARK);
  }

  private static long count(String text, char mark) {
    return text.chars().filter(c -> c == mark).count();
  }

  private static VaderScore score(VaderText words, double[] valences, double emphasis) {
    // A rated word also counts as one word, so that its share can be compared with neutral words.
    double positive = Arrays.stream(valences).filter(v -> v > 0).map(v -> v + 1).sum();
    double negative = Arrays.stream(valences).filter(v -> v < 0).map(v -> 1 - v).sum();
    double neutral = Arrays.stream(valences).filter(v -> v == 0).count();
    if (positive > negative) {
      positive += emphasis;
    } else if (negative > positive) {
      negative += emphasis;
    }
    double total = Math.max(positive + neutral + negative, 1);
    return new VaderScore(
        compound(valences, emphasis),
        round(positive / total, 3),
        round(neutral / total, 3),
        round(negative / total, 3),
        words.size(),
        terms(words, valences));
  }

  private static double compound(double[] valences, double emphasis) {
    double sum = Arrays.stream(valences).sum();
    if (Math.abs(sum) < ROUNDING_ERROR) {
      return 0;
    }
    sum += awayFromZero(emphasis, sum);
    return round(sum / Math.sqrt(sum * sum + ALPHA), 4);
  }

  private static List<Term> terms(VaderText words, double[] valences) {
    return IntStream.range(0, valences.length)
        .filter(i -> valences[i] != 0)
        .mapToObj(i -> term(words.word(i), valences[i]))
        .toList();
  }

  private static Term term(Word word, double valence) {
    return new Term(word.text(), round(valence, 3));
  }

  private boolean isInLexicon(VaderText words, int i) {
    return i >= 0 && i < words.size() && lexicon.contains(words.word(i).lower());
  }

  private static double awayFromZero(double amount, double value) {
    return value > 0 ? amount : -amount;
  }

  private static double round(double value, int decimals) {
    double scale = Math.pow(10, decimals);
    return Math.round(value * scale) / scale;
  }
}
