package io.quickscale.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads keys and keeps an eye on who else can. */
final class Secrets {
  private static final Pattern KEY = Pattern.compile("qs_[A-Za-z0-9]+_[\\x21-\\x7E]+");
  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private Secrets() {}

  /**
   * The key in a file, or on standard input if the file is {@code -}.
   *
   * @throws Failure there is none
   */
  static String readKey(Terminal terminal, String file) {
    try {
      if (file.equals("-")) {
        return check(
            new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8), "standard input");
      }
      Path path = terminal.resolve(file);
      refuseIfOthersCanRead(path);
      return check(Files.readString(path), file);
    } catch (NoSuchFileException e) {
      throw new Failure("There is no file " + file + " to read the key from.");
    } catch (IOException e) {
      throw new Failure(
          "The key cannot be read from " + file + ": " + FileTrouble.reason(e) + ".", e);
    }
  }

  /**
   * A key without the line break behind it.
   *
   * @param from where it was found; the message says it, and never the key
   * @throws Failure it does not look like a key
   */
  static String check(String text, String from) {
    String key = text.strip();
    if (!KEY.matcher(key).matches()) {
      throw new Failure(
          "What stands in "
              + from
              + " is not an API key: a key looks like qs_<prefix>_<secret>, on a line by itself.");
    }
    return key;
  }

  /**
   * Refuses a file that others on this machine can read.
   *
   * @throws Failure they can
   */
  static void refuseIfOthersCanRead(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null || !Files.isRegularFile(file)) {
      return;
    }
    if (view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains)) {
      throw new Failure(
          "%s holds a key, and others on this machine can read or change it. Close it: chmod 600 '%s'"
              .formatted(file, file));
    }
  }
}
