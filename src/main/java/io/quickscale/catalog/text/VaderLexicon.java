package io.quickscale.catalog.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The published VADER lexicon: words and emoticons with the mean of ten people's ratings, from -4
 * (most negative) to 4 (most positive). The build puts the file next to this class; it is read once
 * and never changes.
 */
final class VaderLexicon {
  private static final String FILE = "vader_sentiment_lexicon.txt";

  private final Map<String, Double> valences;

  private VaderLexicon(Map<String, Double> valences) {
    this.valences = valences;
  }

  /** The lexicon, read on first use and then shared. */
  static VaderLexicon published() {
    return Published.LEXICON;
  }

  boolean contains(String lowerCaseWord) {
    return valences.containsKey(lowerCaseWord);
  }

  /** The mean rating, 0 for a word that the lexicon does not have. */
  double valence(String lowerCaseWord) {
    return valences.getOrDefault(lowerCaseWord, 0.0);
  }

  private static VaderLexicon read() {
    try (InputStream file = VaderLexicon.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(
            FILE + " is not on the class path: build with Maven, which unpacks it.");
      }
      return parse(new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FILE, e);
    }
  }

  /** A line is token, mean, deviation, ratings. Of a token that is there twice, the last counts. */
  private static VaderLexicon parse(BufferedReader lines) {
    return new VaderLexicon(
        lines
            .lines()
            .map(line -> line.strip().split("\t"))
            .filter(columns -> columns.length > 1)
            .collect(
                Collectors.toUnmodifiableMap(
                    columns -> columns[0],
                    columns -> Double.valueOf(columns[1]),
                    (first, last) -> last)));
  }

  private static final class Published {
    static final VaderLexicon LEXICON = read();
  }
}
