package io.quickscale.catalog.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that change the valence of other words: degree modifiers, negations and idioms. All in
 * lower case.
 */
final class VaderRules {
  /** How much a degree modifier adds to the strength of the word it stands before. */
  private static final double DEGREE = 0.293;

  private static final Map<String, Double> DEGREES = degrees();

  private static final Set<String> NEGATIONS = negations();

  private static final Map<String, Double> IDIOMS =
      Map.ofEntries(
          Map.entry("the shit", 3.0),
          Map.entry("the bomb", 3.0),
          Map.entry("bad ass", 1.5),
          Map.entry("badass", 1.5),
          Map.entry("bus stop", 0.0),
          Map.entry("yeah right", -2.0),
          Map.entry("kiss of death", -1.5),
          Map.entry("to die for", 3.0),
          Map.entry("beating heart", 3.1),
          Map.entry("broken heart", -2.9));

  private VaderRules() {}

  static boolean isDegreeModifier(String word) {
    return DEGREES.containsKey(word);
  }

  /** What the word or phrase adds to a positive valence; 0 if it is no degree modifier. */
  static double degree(String wordOrPhrase) {
    return DEGREES.getOrDefault(wordOrPhrase, 0.0);
  }

  static boolean isNegation(String word) {
    return NEGATIONS.contains(word) || word.contains("n't");
  }

  /** The valence of a phrase whose words mean something else one by one, else {@code null}. */
  static Double idiom(String phrase) {
    return IDIOMS.get(phrase);
  }

  private static Map<String, Double> degrees() {
    Map<String, Double> degrees = new HashMap<>();
    words(
            """
            absolutely amazingly awfully completely considerable considerably decidedly deeply
            effing enormous enormously entirely especially exceptional exceptionally extreme
            extremely fabulously flippin flipping frackin fracking frickin fricking friggin
            frigging fuckin fucking fuggin fugging fully greatly hella highly hugely incredible
            incredibly intensely major majorly more most particularly purely quite really
            remarkably so substantially thoroughly total totally tremendous tremendously uber
            unbelievably unusually utter utterly very
            """)
        .forEach(word -> degrees.put(word, DEGREE));
    words(
            """
            almost kind-of kinda kindof less little marginal marginally occasional occasionally
            partly scarce slight slightly somewhat sort-of sorta sortof
            """)
        .forEach(word -> degrees.put(word, -DEGREE));
    Stream.of("just enough", "kind of", "sort of").forEach(word -> degrees.put(word, -DEGREE));
    return Collections.unmodifiableMap(degrees);
  }

  private static Set<String> negations() {
    Stream<String> contractionsWithoutApostrophe =
        words(
                """
                ai are ca could dare did does do had has have is might must need ought sha should
                was were wo would
                """)
            .map(verb -> verb + "nt");
    Stream<String> others =
        words(
            """
            barely cannot despite hardly neither never no-one nobody none nope nor not nothing
            nowhere rarely scarcely seldom uh-uh uhuh without
            """);
    return Stream.concat(contractionsWithoutApostrophe, others)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+"));
  }
}
