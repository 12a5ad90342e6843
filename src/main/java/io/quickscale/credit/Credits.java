package io.quickscale.credit;

import java.math.BigDecimal;
import java.util.Collection;

/**
 * An amount of credits, in whole micro-credits: 1 credit is 1,000,000. Never negative, never
 * rounded.
 *
 * @param micros the amount in micro-credits
 */
public record Credits(long micros) implements Comparable<Credits> {
  public static final Credits ZERO = new Credits(0);
  private static final int DECIMALS = 6;
  private static final int WHOLE_DIGITS = 12;

  public Credits(long micros) {
    if (micros < 0) {
      throw new IllegalArgumentException(
          "Credits are never negative: " + micros + " micro-credits");
    }
    this.micros = micros;
  }

  public static Credits ofMicros(long micros) {
    return micros == 0 ? ZERO : new Credits(micros);
  }

  /**
   * Whole credits and up to six decimals.
   *
   * @throws IllegalArgumentException negative, more than six decimals, or too large; the message is
   *     fit for a caller
   */
  public static Credits of(BigDecimal amount) {
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
    return ofMicros(plain.movePointRight(DECIMALS).longValueExact());
  }

  /** See {@link #of(BigDecimal)}. */
  public static Credits parse(String amount) {
    try {
      return of(new BigDecimal(amount));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a decimal number such as 1.5", e);
    }
  }

  public static Credits sum(Collection<Credits> amounts) {
    return amounts.stream().reduce(ZERO, Credits::plus);
  }

  public Credits plus(Credits other) {
    return ofMicros(Math.addExact(micros, other.micros));
  }

  public Credits minus(Credits other) {
    return ofMicros(micros - other.micros);
  }

  /** What is missing from this to reach the other; zero if nothing is. */
  public Credits shortfallOf(Credits required) {
    return ofMicros(Math.max(0, required.micros - micros));
  }

  public Credits times(long factor) {
    return ofMicros(Math.multiplyExact(micros, factor));
  }

  public Credits min(Credits other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public boolean isZero() {
    return micros == 0;
  }

  /** As a decimal without trailing zeros: 1.5, 20, 0. */
  public BigDecimal toDecimal() {
    return decimal(BigDecimal.valueOf(micros));
  }

  /**
   * Credits of a sum that may be more than one amount can be, or negative.
   *
   * @param micros in micro-credits
   */
  public static BigDecimal decimal(BigDecimal micros) {
    BigDecimal plain = micros.movePointLeft(DECIMALS).stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  @Override
  public int compareTo(Credits other) {
    return Long.compare(micros, other.micros);
  }

  @Override
  public String toString() {
    return toDecimal().toPlainString();
  }
}
