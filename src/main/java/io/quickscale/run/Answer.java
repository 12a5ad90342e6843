package io.quickscale.run;

/**
 * What a caller is told, as it is sent and as it is kept for its idempotency key.
 *
 * @param status HTTP status
 * @param contentType media type of the body
 * @param body the text, byte for byte in UTF-8
 * @param replayed whether this is an earlier request's answer
 * @param retryAfterSeconds when a new try has a chance; null if nobody knows, and for an earlier
 *     request's answer, which stays
 */
public record Answer(
    int status, String contentType, String body, boolean replayed, Integer retryAfterSeconds) {
  public Answer(int status, String contentType, String body, boolean replayed) {
    this(status, contentType, body, replayed, null);
  }
}
