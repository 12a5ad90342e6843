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
        "This needs %s credits and %s are available: %s are missing. Add credits and run it again."
            .formatted(
                required.toPlainString(),
                available.toPlainString(),
                required.subtract(available).toPlainString()));
    member("required_credits", required);
    member("available_credits", available);
    member("shortfall", required.subtract(available));
  }
}
