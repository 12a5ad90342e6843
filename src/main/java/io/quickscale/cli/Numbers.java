package io.quickscale.cli;

import io.quickscale.definition.CreditAmount;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Numbers as users write them on the command line. */
final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private Numbers() {}

  static int whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new TypeConversionException("'" + Texts.clean(text) + "' is not a whole number");
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + Texts.clean(text) + "' is too large a number");
    }
  }

  static BigDecimal credits(String text) {
    try {
      return CreditAmount.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + Texts.clean(text) + "' " + e.getMessage());
    }
  }
}
