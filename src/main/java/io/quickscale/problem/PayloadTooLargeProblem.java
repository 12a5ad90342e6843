package io.quickscale.problem;

/** The body is over the limit. */
public final class PayloadTooLargeProblem extends Problem {
  /**
   * @param limitBytes the most that is taken, in bytes
   */
  public PayloadTooLargeProblem(long limitBytes) {
    super(
        413,
        "payload_too_large",
        "Payload too large",
        "The body is larger than "
            + limitBytes
            + (limitBytes == 1 ? " byte." : " bytes.")
            + " Send less, or ask the operator for a higher limit.");
    member("limit_bytes", limitBytes);
  }
}
