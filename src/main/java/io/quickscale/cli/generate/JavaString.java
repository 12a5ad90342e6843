package io.quickscale.cli.generate;

import java.util.ArrayList;
import java.util.List;

/** A text as the inside of a string literal, in parts if it is long. */
final class JavaString {
  /** What fits into a line after the indentation, the operator and the quotes. */
  private static final int PART = 80;

  private JavaString() {}

  static String of(String text) {
    return String.join("\"«3:12»+ \"", parts(text).stream().map(JavaString::escaped).toList());
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    while (rest.length() > PART) {
      int space = rest.lastIndexOf(' ', PART);
      int end = space > 0 ? space : PART;
      parts.add(rest.substring(0, end));
      rest = rest.substring(end);
    }
    parts.add(rest);
    return parts;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                // Would be taken for a place of the template.
                case '«' -> escaped.append("\\u00AB");
                default -> escaped.append((char) c);
              }
            });
    return escaped.toString();
  }
}
