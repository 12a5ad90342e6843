package io.quickscale.cli.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that belong together: all of them are written, or none. */
public final class NewFiles {
  private NewFiles() {}

  /** Those of the files that are there already. */
  public static List<NewFile> existing(Path folder, List<NewFile> files) {
    return files.stream().filter(file -> Files.exists(folder.resolve(file.path()))).toList();
  }

  /** Writes the files, over those that are there. */
  public static void write(Path folder, List<NewFile> files) {
    for (NewFile file : files) {
      Path path = folder.resolve(file.path());
      try {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.content());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + path, e);
      }
      if (file.executable() && !path.toFile().setExecutable(true)) {
        throw new UncheckedIOException(new IOException("cannot make executable: " + path));
      }
    }
  }
}
