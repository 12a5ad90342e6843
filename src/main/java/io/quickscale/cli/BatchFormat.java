package io.quickscale.cli;

import java.nio.file.Path;
import java.util.Locale;

/** How a batch's inputs or results are written. */
enum BatchFormat {
  JSONL,
  CSV;

  /** By the end of the file's name; what is not CSV is JSON lines. */
  static BatchFormat of(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv") ? CSV : JSONL;
  }

  /** The name of the results' file where none is given. */
  Path besides(Path input) {
    String name = input.getFileName().toString().replaceFirst("\\.[A-Za-z0-9]+$", "");
    return input.resolveSibling(name + ".results." + name().toLowerCase(Locale.ROOT));
  }
}
