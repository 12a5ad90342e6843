package io.quickscale.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Decodes what stands percent-encoded in a URI (RFC 3986 §2.1), strictly: a broken escape is never
 * taken for something else.
 */
public final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * The text behind an encoded part of a path.
   *
   * @throws IllegalArgumentException it cannot be decoded; the message is without a subject
   */
  static String decode(String encoded) {
    return decode(encoded, "\"#<>?[\\]^`{|}");
  }

  private static String decode(String encoded, String forbidden) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c <= ' ' || c > '~' || forbidden.indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "has a character that must be written as '%' and two hexadecimal digits");
      }
      if (c == '%') {
        bytes.write(digit(encoded, i + 1) << 4 | digit(encoded, i + 2));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return utf8(bytes.toByteArray());
  }

  /**
   * The text behind a name or a value in a query, as forms write it: {@code +} is a blank.
   *
   * @throws IllegalArgumentException it cannot be decoded; the message is without a subject
   */
  public static String decodeFormData(String encoded) {
    // Browsers leave brackets as they are.
    return decode(encoded.replace("+", "%20"), "\"#<>\\^`{|}");
  }

  /** Whether a query can be decoded; null, for none, can. */
  public static boolean isDecodableQuery(String query) {
    try {
      return query == null || decodeFormData(query) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int digit(String encoded, int at) {
    int digit = at < encoded.length() ? Character.digit(encoded.charAt(at), 16) : -1;
    if (digit < 0 || encoded.charAt(at) > 'f') {
      throw new IllegalArgumentException(
          "cannot be decoded: two hexadecimal digits must follow a '%', which itself is written %25");
    }
    return digit;
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("cannot be decoded: its bytes are not UTF-8", e);
    }
  }
}
