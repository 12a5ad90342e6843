package io.quickscale.run;

/**
 * What a caller is told, as it is sent and as it is kept for its idempotency key.
 *
 * @param status HTTP status
 * @param contentType media type of the body
 * @param body the text, byte for byte in UTF-8
 * @param replayed whether this is an earlier request's answer
 */
public record Answer(int status, String contentType, String body, boolean replayed) {}
