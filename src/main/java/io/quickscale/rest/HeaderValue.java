package io.quickscale.rest;

import java.util.ArrayList;
import java.util.List;

/** The syntax that header values share (RFC 9110 §5.6). */
final class HeaderValue {
  static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private HeaderValue() {}

  /** The parts between separators, which count for nothing inside of quotes. */
  static List<String> split(String value, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(value.substring(start, i).trim());
        start = i + 1;
      }
    }
    parts.add(value.substring(start).trim());
    return parts;
  }
}
