package io.quickscale.definition;

import java.math.BigDecimal;

/** The form of an amount of credits. */
public final class CreditAmount {
  /** 1 credit is 10 to this power of micro-credits. */
  public static final int DECIMALS = 6;

  private static final int WHOLE_DIGITS = 12;

  private CreditAmount() {}

  /**
   * The amount that a text is.
   *
   * @throws IllegalArgumentException it is none; the message continues "the amount " and is fit for
   *     a caller
   */
  public static BigDecimal parse(String text) {
    BigDecimal amount = number(text);
    BigDecimal plain = requireForm(amount);
    return amount.scale() < 0 || amount.scale() > DECIMALS ? shortest(plain) : amount;
  }

  /**
   * Makes sure that a number is an amount, and gives it without trailing zeros.
   *
   * @throws IllegalArgumentException see {@link #parse}
   */
  public static BigDecimal requireForm(BigDecimal amount) {
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("must not be negative");
    }
    // Looked at before any arithmetic, which would take for ever with an exponent of a hundred
    // million.
    BigDecimal plain = amount.stripTrailingZeros();
    if (plain.scale() > DECIMALS) {
      throw new IllegalArgumentException("must have at most six decimals");
    }
    if ((long) plain.precision() - plain.scale() > WHOLE_DIGITS) {
      throw new IllegalArgumentException("must be less than 1000000000000");
    }
    return plain;
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
