package io.quickscale.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which words may have been meant by one that is not known. */
final class Suggestions {
  private static final int MOST = 3;

  private Suggestions() {}

  /** The words that are near, the nearest first; those that begin alike count as near. */
  static List<String> near(String word, Collection<String> known) {
    int tolerated = Math.max(1, (word.length() + 1) / 3);
    return known.stream()
        .distinct()
        .filter(
            candidate ->
                distance(word, candidate) <= tolerated
                    || word.length() > 3 && candidate.startsWith(word))
        .sorted(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  /** How many letters must be put in, left out, changed or swapped with the next. */
  static int distance(String one, String other) {
    int[][] steps = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, one, other, i, j);
      }
    }
    return steps[one.length()][other.length()];
  }

  private static int step(int[][] steps, String one, String other, int i, int j) {
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int least =
        Math.min(
            Math.min(steps[i - 1][j], steps[i][j - 1]) + 1, steps[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
  }
}
