package io.quickscale.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** Texts of users: UTF-8 and nothing else, since what is read wrongly would be paid for. */
final class Utf8 {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Utf8() {}

  /**
   * The text, without a byte order mark.
   *
   * @param from where it stands, for the message
   * @throws Failure it is not UTF-8
   */
  static String decode(byte[] bytes, String from) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (decoder.decode(in, out, true).isError()) {
      long line = 1 + IntStream.range(0, in.position()).filter(i -> bytes[i] == '\n').count();
      throw new Failure(Texts.clean(from) + " cannot be read: line " + line + " is not UTF-8.");
    }
    String text = out.flip().toString();
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }
}
