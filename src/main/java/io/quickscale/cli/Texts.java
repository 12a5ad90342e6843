package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** What comes from a server or a file, made fit to be shown on a terminal. */
final class Texts {
  private Texts() {}

  /** Without control characters: they could move the cursor or change what is already shown. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** Whether it has no half of a surrogate pair, which could not be sent. */
  static boolean isUnicode(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** A member's text; empty if it is missing. */
  static String of(JsonNode value) {
    return clean(value.asText(""));
  }

  /** A time to the second, which is enough for a table. */
  static String time(JsonNode value) {
    return of(value).replaceFirst("\\.\\d+", "");
  }

  /** {@code 1 credit}, {@code 0.5 credits}. */
  static String credits(BigDecimal amount) {
    return Json.amount(amount) + (amount.compareTo(BigDecimal.ONE) == 0 ? " credit" : " credits");
  }

  /** See {@link #credits(BigDecimal)}. */
  static String credits(JsonNode amount) {
    return credits(amount.decimalValue());
  }

  /** {@code 1 line}, {@code 2 lines}. */
  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
