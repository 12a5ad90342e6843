package io.quickscale.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a batch, where they really are: behind links, so that two names of one file are not
 * taken for two.
 *
 * @param journal beside the results; see {@link BatchJournal}
 */
record BatchFiles(Path input, Path results, Path journal) {

  /**
   * The files.
   *
   * @throws Failure one of them would be written over another, or is none
   */
  static BatchFiles of(Path input, Path results) {
    try {
      Path written = real(results);
      BatchFiles files =
          new BatchFiles(
              input.toRealPath(),
              written,
              real(written.resolveSibling(written.getFileName() + ".journal")));
      files.requireThreeFiles();
      return files;
    } catch (IOException e) {
      throw new Failure(
          "The results cannot be written to " + results + ": " + FileTrouble.reason(e) + ".", e);
    }
  }

  /** A file that is not there yet is where its folder really is. */
  private static Path real(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    return Files.exists(absolute)
        ? absolute.toRealPath()
        : absolute.getParent().toRealPath().resolve(absolute.getFileName());
  }

  private void requireThreeFiles() throws IOException {
    for (Path file : List.of(results, journal)) {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new Failure(file + " is not a file: choose another with --output.");
      }
      if (isSame(file, input)) {
        throw new Failure(
            "The batch would write over its own input %s%s: choose another file with --output."
                .formatted(input, file.equals(journal) ? " with its journal" : ""));
      }
    }
    if (isSame(results, journal)) {
      throw new Failure(
          results + " is its own journal, by a link: choose another file with --output.");
    }
  }

  /** By a hard link too. */
  private static boolean isSame(Path one, Path other) throws IOException {
    return one.equals(other)
        || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
  }
}
