package io.quickscale.cli.source;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * Something to change in a source.
 *
 * @param line of the file, from 1
 * @param code stable, for scripts; up to QS015 those of the deployment's definition errors
 * @param message what is wrong, a sentence
 * @param remedy what to do about it, a sentence
 */
public record Finding(
    Path file, int line, Severity severity, String code, String message, String remedy) {
  static final Comparator<Finding> IN_ORDER =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparing(Finding::code);
}
