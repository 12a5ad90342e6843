package io.quickscale.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file cannot be read or written, for people. */
final class FileTrouble {
  private static final int BUFFER = 1 << 16;

  private FileTrouble() {}

  /** The reason, as the end of a sentence without its full stop. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    } else if (e instanceof AccessDeniedException) {
      return "you may not";
    } else if (e instanceof FileSystemException trouble && trouble.getReason() != null) {
      return trouble.getReason();
    } else if (e instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    return e.getMessage() == null ? "the disk does not answer" : Texts.clean(e.getMessage());
  }

  /**
   * The first line, counted from 1, that is not UTF-8.
   *
   * @return 0 if there is none
   */
  static long firstLineThatIsNotUtf8(Path file) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    CharBuffer chars = CharBuffer.allocate(BUFFER);
    long line = 1;
    try (FileChannel channel = FileChannel.open(file)) {
      boolean isLast;
      do {
        isLast = channel.read(bytes) < 0;
        bytes.flip();
        CoderResult result = decoder.decode(bytes, chars, isLast);
        line += chars.flip().chars().filter(c -> c == '\n').count();
        if (result.isError()) {
          return line;
        }
        chars.clear();
        bytes.compact();
      } while (!isLast);
    }
    return 0;
  }
}
