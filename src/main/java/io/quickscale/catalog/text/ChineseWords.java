package io.quickscale.catalog.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What seems to be a word in a Chinese text, which has no spaces: characters that come together
 * again, and not always with the same one before or after them. No dictionary, so that only what
 * the text says more than once is found.
 */
final class ChineseWords {
  private static final int LONGEST = 6;

  private final Set<String> words;

  private ChineseWords(Set<String> words) {
    this.words = words;
  }

  /**
   * @param cuts what is between words
   */
  static ChineseWords in(String text, Pattern cuts) {
    List<String> runs =
        Pattern.compile("\\P{IsHan}+")
            .splitAsStream(text)
            .flatMap(cuts::splitAsStream)
            .filter(run -> run.length() > 1)
            .toList();
    Map<String, Integer> repeated = new HashMap<>();
    Map<String, Integer> shorter = null;
    for (int length = 2; length <= LONGEST; length++) {
      shorter = repeated(runs, length, shorter);
      repeated.putAll(shorter);
    }
    return new ChineseWords(whole(repeated));
  }

  /** Those of a length that come again; they are made of shorter ones that do. */
  private static Map<String, Integer> repeated(
      List<String> runs, int length, Map<String, Integer> shorter) {
    Map<String, Integer> counts = new HashMap<>();
    for (String run : runs) {
      for (int end = length; end <= run.length(); end++) {
        int start = end - length;
        if (shorter == null
            || shorter.containsKey(run.substring(start, end - 1))
                && shorter.containsKey(run.substring(start + 1, end))) {
          counts.merge(run.substring(start, end), 1, Integer::sum);
        }
      }
    }
    counts.values().removeIf(count -> count == 1);
    return counts;
  }

  /** Without those that come within a longer one alone. */
  private static Set<String> whole(Map<String, Integer> repeated) {
    Map<String, Integer> within = new HashMap<>();
    repeated.forEach(
        (longer, count) -> {
          within.merge(longer.substring(1), count, Math::max);
          within.merge(longer.substring(0, longer.length() - 1), count, Math::max);
        });
    return repeated.keySet().stream()
        .filter(word -> within.getOrDefault(word, 0) < repeated.get(word))
        .collect(Collectors.toSet());
  }

  /**
   * The parts of a run of characters: its words, the longest that fit, and what is between them.
   */
  List<String> parts(String run) {
    List<String> parts = new ArrayList<>();
    int begun = 0;
    int at = 0;
    while (at < run.length()) {
      int end = endOfWord(run, at);
      if (end > at) {
        addIfAny(parts, run.substring(begun, at));
        parts.add(run.substring(at, end));
        begun = end;
      }
      at = Math.max(end, at + 1);
    }
    addIfAny(parts, run.substring(begun));
    return parts;
  }

  private int endOfWord(String run, int start) {
    for (int end = Math.min(run.length(), start + LONGEST); end > start; end--) {
      if (words.contains(run.substring(start, end))) {
        return end;
      }
    }
    return start;
  }

  private static void addIfAny(List<String> parts, String part) {
    if (!part.isEmpty()) {
      parts.add(part);
    }
  }
}
