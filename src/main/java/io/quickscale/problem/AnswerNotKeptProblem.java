package io.quickscale.problem;

/** The request with this idempotency key was carried out, but its answer was too large to keep. */
public final class AnswerNotKeptProblem extends Problem {
  /**
   * @param answered the status of the answer
   * @param usageId the record of the run that it was; null if it was none
   */
  public AnswerNotKeptProblem(int answered, String usageId) {
    super(
        409,
        "conflict",
        "Conflict",
        "The request with this Idempotency-Key was carried out once and answered with status %d, but its answer was too large to be kept. Nothing was done or charged again.%s"
            .formatted(answered, usageId == null ? "" : whereToLook(usageId)));
    if (usageId != null) {
      member("usage_id", usageId);
    }
  }

  private static String whereToLook(String usageId) {
    return " GET /api/v1/usage/%s says what it cost; to run it again, and pay again, send another key."
        .formatted(usageId);
  }
}
