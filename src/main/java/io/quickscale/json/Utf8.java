package io.quickscale.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quickscale.problem.MalformedJsonProblem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/** Strict UTF-8 (RFC 3629): nothing is guessed, nothing is replaced. */
final class Utf8 {
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final char REPLACEMENT = '\ufffd';

  private Utf8() {}

  /**
   * The text of a body, without a byte order mark.
   *
   * @throws MalformedJsonProblem it is not UTF-8
   */
  static String decode(byte[] body) {
    if (isWiderUnicode(body)) {
      throw new MalformedJsonProblem("The body is UTF-16 or UTF-32. JSON must be sent as UTF-8.");
    }
    // Strict decoding starts with an array of characters for every body: only where it is needed.
    String text = new String(body, UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireUtf8(body);
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /** The text with every half of a surrogate pair replaced; the text itself if there is none. */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaceHalves(text);
      }
    }
    return text;
  }

  private static String replaceHalves(String text) {
    StringBuilder wellFormed = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
        .forEach(wellFormed::appendCodePoint);
    return wellFormed.toString();
  }

  /** A JSON text begins with an ASCII character, which is one byte in UTF-8 alone. */
  private static boolean isWiderUnicode(byte[] body) {
    if (body.length < 2) {
      return false;
    }
    int mark = (body[0] & 0xff) << 8 | body[1] & 0xff;
    return mark == 0xfeff || mark == 0xfffe || body[0] == 0 || body[1] == 0;
  }

  private static void requireUtf8(byte[] body) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(body);
    CoderResult result = decoder.decode(in, CharBuffer.allocate(body.length), true);
    if (result.isError()) {
      throw new MalformedJsonProblem(
          "The body is not UTF-8 at byte " + (in.position() + 1) + ". JSON must be sent as UTF-8.");
    }
  }
}
