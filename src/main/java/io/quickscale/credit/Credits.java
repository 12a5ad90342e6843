package io.quickscale.credit;

import io.quickscale.definition.CreditAmount;
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
    return ofMicros(
        CreditAmount.requireForm(amount).movePointRight(CreditAmount.DECIMALS).longValueExact());
  }

  /** See {@link #of(BigDecimal)}. */
  public static Credits parse(String amount) {
    return of(CreditAmount.parse(amount));
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
    BigDecimal plain = micros.movePointLeft(CreditAmount.DECIMALS).stripTrailingZeros();
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
