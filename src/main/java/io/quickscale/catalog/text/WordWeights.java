package io.quickscale.catalog.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * YAKE's weight of each word of a text, below 1 for a word that says what the text is about: it is
 * early, often, in many sentences, with a capital where none is due, and not now beside this word,
 * now beside that, as words without much meaning are.
 */
final class WordWeights {
  private final Map<String, Occurrences> words = new HashMap<>();
  private final int sentences;
  private double typicalCount;
  private int greatestCount;

  private WordWeights(SegmentedText text) {
    this.sentences = text.sentences().size();
    for (int i = 0; i < sentences; i++) {
      count(text.sentences().get(i), i);
    }
    summarize();
  }

  static WordWeights of(SegmentedText text) {
    return new WordWeights(text);
  }

  /** Above 0; the smaller, the more the word says. */
  double weight(String key) {
    Occurrences word = words.get(key);
    double relatedness = 1 + word.dispersion() * word.count / greatestCount;
    double position = Math.log(Math.log(3 + word.medianSentence()));
    double casing = Math.max(word.acronyms, word.capitalized) / (1 + Math.log(word.count));
    double frequency = word.count / typicalCount;
    double spread = word.sentences.size() / (double) sentences;
    return relatedness * position / (casing + (frequency + spread) / relatedness);
  }

  /**
   * How much two words hang together, above 0 to 1: how likely the second comes after the first,
   * and the first before the second.
   */
  double bond(String first, String second) {
    Occurrences before = words.get(first);
    double together = before.right.getOrDefault(second, 0);
    return together / before.count * (together / words.get(second).count);
  }

  private void count(List<List<TextWord>> sentence, int index) {
    boolean capitalsStandOut =
        sentence.stream().flatMap(List::stream).anyMatch(w -> !w.isAllCaps());
    boolean isFirst = true;
    for (List<TextWord> phrase : sentence) {
      TextWord previous = null;
      for (TextWord word : phrase) {
        Occurrences occurrences = words.computeIfAbsent(word.key(), key -> new Occurrences(word));
        occurrences.add(word, index, isFirst, capitalsStandOut);
        if (previous != null) {
          occurrences.left.merge(previous.key(), 1, Integer::sum);
          words.get(previous.key()).right.merge(word.key(), 1, Integer::sum);
        }
        previous = word;
        isFirst = false;
      }
    }
  }

  private void summarize() {
    double[] counts =
        words.values().stream().filter(w -> !w.isStopWord).mapToDouble(w -> w.count).toArray();
    double sum = 0;
    double squares = 0;
    for (double count : counts) {
      sum += count;
      squares += count * count;
    }
    double mean = counts.length == 0 ? 1 : sum / counts.length;
    double variance = counts.length == 0 ? 0 : squares / counts.length - mean * mean;
    typicalCount = mean + Math.sqrt(Math.max(0, variance));
    greatestCount = words.values().stream().mapToInt(w -> w.count).max().orElse(1);
  }

  /** Where and how a word occurs. */
  private static final class Occurrences {
    private final boolean isStopWord;
    private int count;
    private int acronyms;
    private int capitalized;
    private final List<Integer> places = new ArrayList<>();
    private final Set<Integer> sentences = new HashSet<>();
    private final Map<String, Integer> left = new HashMap<>();
    private final Map<String, Integer> right = new HashMap<>();

    private Occurrences(TextWord word) {
      this.isStopWord = word.isStopWord();
    }

    private void add(TextWord word, int sentence, boolean isFirst, boolean capitalsStandOut) {
      count++;
      places.add(sentence);
      sentences.add(sentence);
      if (capitalsStandOut && word.isAllCaps()) {
        acronyms++;
      }
      if (capitalsStandOut && !isFirst && word.isCapitalized()) {
        capitalized++;
      }
    }

    private double medianSentence() {
      int middle = places.size() / 2;
      return places.size() % 2 == 1
          ? places.get(middle)
          : (places.get(middle - 1) + places.get(middle)) / 2.0;
    }

    private double dispersion() {
      return dispersion(left) + dispersion(right);
    }

    private static double dispersion(Map<String, Integer> neighbours) {
      int all = neighbours.values().stream().mapToInt(Integer::intValue).sum();
      return all == 0 ? 0 : neighbours.size() / (double) all;
    }
  }
}
