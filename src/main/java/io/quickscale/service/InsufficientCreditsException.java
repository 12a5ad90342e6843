package io.quickscale.service;

import io.quickscale.problem.Problem;
import java.math.BigDecimal;

/** The run costs more than the account has. Nothing ran, nothing is held. */
public final class InsufficientCreditsException extends Problem {
  /**
   * @param required the most the run can cost, in credits
   * @param available what can be spent, in credits
   */
  public InsufficientCreditsException(BigDecimal required, BigDecimal available) {
    super(
        402,
        "insufficient_credits",
        "Insufficient credits",
        "This needs %s and %s available: %s missing. Add credits and run it again."
            .formatted(credits(required), are(available), are(required.subtract(available))));
    member("required_credits", required);
    member("available_credits", available);
    member("shortfall", required.subtract(available));
  }

  private static String credits(BigDecimal amount) {
    return amount.toPlainString() + (isOne(amount) ? " credit" : " credits");
  }

  private static String are(BigDecimal amount) {
    return amount.toPlainString() + (isOne(amount) ? " is" : " are");
  }

  private static boolean isOne(BigDecimal amount) {
    return amount.compareTo(BigDecimal.ONE) == 0;
  }
}
