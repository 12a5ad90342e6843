package io.quickscale.cli.source;

import java.math.BigDecimal;

/** The form of an amount of credits, as the server takes it. */
public final class CreditAmount {
  private static final int DECIMALS = 6;
  private static final int WHOLE_DIGITS = 12;

  private CreditAmount() {}

  /**
   * The amount, if the server takes it.
   *
   * @throws IllegalArgumentException otherwise; the message continues "the cost "
   */
  public static BigDecimal parse(String text) {
    BigDecimal amount = number(text);
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("must not be negative");
    }
    BigDecimal plain = amount.stripTrailingZeros();
    if (plain.scale() > DECIMALS) {
      throw new IllegalArgumentException("must have at most six decimals");
    }
    if ((long) plain.precision() - plain.scale() > WHOLE_DIGITS) {
      throw new IllegalArgumentException("must be less than 1000000000000");
    }
    return amount.scale() < 0 || amount.scale() > DECIMALS ? shortest(plain) : amount;
  }

  /** Zero may come with any exponent, and no amount is to be written out with it. */
  private static BigDecimal shortest(BigDecimal plain) {
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  private static BigDecimal number(String text) {
    // Java would read the digits of other scripts too.
    if (text.chars().allMatch(c -> c < 128)) {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException e) {
        // Answered below, like digits that are none in JSON.
      }
    }
    throw new IllegalArgumentException("must be a decimal number such as 1.5");
  }
}
