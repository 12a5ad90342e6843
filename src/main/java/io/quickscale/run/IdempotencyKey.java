package io.quickscale.run;

import io.quickscale.service.InvalidInputException;
import java.util.regex.Pattern;

/**
 * A caller's name for one logical request.
 *
 * @param userId whose key it is: two users may choose the same text
 * @param value 1 to 255 visible ASCII characters
 * @param fingerprint of the request's method, path and body
 */
public record IdempotencyKey(long userId, String value, String fingerprint) {
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  public IdempotencyKey(long userId, String value, String fingerprint) {
    if (!VISIBLE.matcher(value).matches()) {
      throw InvalidInputException.of(
          "Idempotency-Key", "must be 1 to 255 visible ASCII characters without blanks");
    }
    this.userId = userId;
    this.value = value;
    this.fingerprint = fingerprint;
  }
}
