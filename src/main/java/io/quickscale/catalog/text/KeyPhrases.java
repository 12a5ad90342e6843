package io.quickscale.catalog.text;

import io.quickscale.catalog.text.KeyPhrase.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The phrases of a text that may be keywords, and the best of them. */
final class KeyPhrases {
  private static final int MOST_WORDS = 3;
  private static final int MOST_WITH_STOP_WORDS = 4;

  /** Stop words that are part of names, as in "Bank of England". */
  private static final Set<String> IN_NAMES =
      Set.of(
          "of", "the", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la",
          "les", "van", "von", "der");

  private final SegmentedText text;
  private final WordWeights weights;
  private final boolean hasNounsInCapitals;
  private final boolean isChinese;
  private final BitSet inRepeated;
  private final Map<String, Candidate> candidates = new LinkedHashMap<>();

  private KeyPhrases(SegmentedText text) {
    this.text = text;
    this.weights = WordWeights.of(text);
    this.hasNounsInCapitals = hasNounsInCapitals(text);
    this.isChinese = text.locale().equals(Locale.CHINESE);
    text.sentences().forEach(this::collect);
    candidates.values().forEach(this::absorbParts);
    this.inRepeated = inRepeated();
  }

  /** The best phrases, the best first; none that says what a better one says. */
  static List<KeyPhrase> best(SegmentedText text, int most) {
    List<KeyPhrase> best = new ArrayList<>();
    BitSet inBest = new BitSet();
    BitSet inBestPhrases = new BitSet();
    for (KeyPhrase phrase : new KeyPhrases(text).ranked()) {
      if (best.size() == most) {
        break;
      }
      // A phrase that comes again says more than a word of it that is among the best.
      boolean saysMore = phrase.words().size() > 1 && phrase.places().size() > 1;
      if (isMostlyFree(phrase, saysMore ? inBestPhrases : inBest)
          && best.stream().noneMatch(phrase::isInflected)) {
        best.add(phrase);
        mark(phrase, inBest);
        if (phrase.words().size() > 1) {
          mark(phrase, inBestPhrases);
        }
      }
    }
    return best;
  }

  private static void mark(KeyPhrase phrase, BitSet places) {
    phrase.places().forEach(place -> places.set(place.start(), place.end()));
  }

  /** Whether most of its occurrences overlap none of a better phrase. */
  private static boolean isMostlyFree(KeyPhrase phrase, BitSet covered) {
    long free = phrase.places().stream().filter(place -> isFree(place, covered)).count();
    return free * 2 > phrase.places().size();
  }

  private static boolean isFree(Place place, BitSet covered) {
    int next = covered.nextSetBit(place.start());
    return next < 0 || next >= place.end();
  }

  /** German tells by a capital what is a noun, unless somebody writes without any. */
  private static boolean hasNounsInCapitals(SegmentedText text) {
    return text.locale().equals(Locale.GERMAN)
        && text.sentences().stream()
            .flatMap(List::stream)
            .flatMap(phrase -> phrase.stream().skip(1))
            .anyMatch(TextWord::isCapitalized);
  }

  private void collect(List<List<TextWord>> sentence) {
    for (List<TextWord> phrase : sentence) {
      for (int start = 0; start < phrase.size(); start++) {
        collectFirst(phrase.subList(start, Math.min(phrase.size(), start + MOST_WITH_STOP_WORDS)));
      }
    }
  }

  /** Those that begin with the first of the words. */
  private void collectFirst(List<TextWord> words) {
    int telling = 0;
    for (int end = 1; end <= words.size() && !words.get(0).isStopWord(); end++) {
      if (!words.get(end - 1).isStopWord()) {
        telling++;
        if (telling > MOST_WORDS) {
          return;
        }
        List<TextWord> phrase = words.subList(0, end);
        candidates.computeIfAbsent(key(phrase), key -> new Candidate(phrase)).add(phrase);
      }
    }
  }

  private static String key(List<TextWord> words) {
    return String.join(" ", words.stream().map(TextWord::key).toList());
  }

  /** A part of a phrase that comes again is no keyword if it seldom comes without the phrase. */
  private void absorbParts(Candidate whole) {
    int size = whole.words.size();
    for (int start = 0; start < size && whole.count() > 1; start++) {
      for (int end = start + 1; end <= size; end++) {
        Candidate part = candidates.get(key(whole.words.subList(start, end)));
        boolean isPart = end - start < size && part != null;
        if (isPart && whole.count() * 2 > part.count()) {
          part.isAbsorbed = true;
        }
      }
    }
  }

  private List<KeyPhrase> ranked() {
    // The sort is stable: of two that weigh the same the one that comes first in the text.
    return candidates.values().stream()
        .filter(this::mayBeKeyword)
        .map(candidate -> candidate.phrase(text.text(), weight(candidate)))
        .sorted(Comparator.comparingDouble(KeyPhrase::weight))
        .toList();
  }

  private boolean mayBeKeyword(Candidate candidate) {
    // What is beside a word of a Chinese text may be half a word.
    boolean isChance =
        candidate.isOncePhrase() && (isChinese || !isFree(candidate.places.get(0), inRepeated));
    return candidate.mayBeKeyword()
        && !isChance
        && (!hasNounsInCapitals || candidate.last().isCapitalized());
  }

  /** The places of all phrases of several words that come again. */
  private BitSet inRepeated() {
    BitSet places = new BitSet();
    candidates.values().stream()
        .filter(candidate -> candidate.words.size() > 1 && candidate.count() > 1)
        .flatMap(candidate -> candidate.places.stream())
        .forEach(place -> places.set(place.start(), place.end()));
    return places;
  }

  private double weight(Candidate candidate) {
    double product = 1;
    double sum = 0;
    for (int i = 0; i < candidate.words.size(); i++) {
      TextWord word = candidate.words.get(i);
      if (word.isStopWord()) {
        product *= 2 - weights.bond(candidate.words.get(i - 1).key(), word.key());
      } else {
        double weight = weights.weight(word.key());
        product *= weight;
        sum += weight;
      }
    }
    return product / (candidate.count() * (1 + sum));
  }

  /** A phrase as it was met. */
  private static final class Candidate {
    private final List<TextWord> words;
    private final List<Place> places = new ArrayList<>();
    private boolean isAbsorbed;

    private Candidate(List<TextWord> words) {
      this.words = words;
    }

    private void add(List<TextWord> phrase) {
      places.add(new Place(phrase.get(0).start(), phrase.get(phrase.size() - 1).end()));
    }

    private TextWord last() {
      return words.get(words.size() - 1);
    }

    private int count() {
      return places.size();
    }

    /**
     * What comes once may be chance: then two words at most, next to each other, or a name of any
     * length.
     */
    private boolean mayBeKeyword() {
      boolean isShort = words.size() < MOST_WORDS && words.stream().noneMatch(TextWord::isStopWord);
      return !isAbsorbed && (isShort || count() > 1 || isName());
    }

    /** Several words next to each other once, and no name: the two may belong to others. */
    private boolean isOncePhrase() {
      return words.size() > 1 && count() == 1 && !isName();
    }

    private boolean isName() {
      return words.stream().anyMatch(word -> !word.isAllCaps())
          && words.stream()
              .allMatch(w -> w.isStopWord() ? IN_NAMES.contains(w.key()) : w.isCapitalized());
    }

    private KeyPhrase phrase(String text, double weight) {
      List<String> telling =
          words.stream().filter(word -> !word.isStopWord()).map(TextWord::key).toList();
      return new KeyPhrase(spelling(text), telling, List.copyOf(places), weight);
    }

    /** The one that comes most often, the first of several. */
    private String spelling(String text) {
      Map<String, Integer> spellings = new LinkedHashMap<>();
      places.forEach(p -> spellings.merge(text.substring(p.start(), p.end()), 1, Integer::sum));
      int most = spellings.values().stream().max(Integer::compare).orElseThrow();
      return spellings.keySet().stream()
          .filter(spelling -> spellings.get(spelling) == most)
          .findFirst()
          .orElseThrow();
    }
  }
}
