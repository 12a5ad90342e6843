package io.quickscale.access;

import io.quickscale.problem.UnauthenticatedProblem;
import io.quickscale.service.InvalidInputException;
import java.util.Locale;
import java.util.Optional;

/** The key that a request came with, as its headers say it. */
final class PresentedKey {
  private static final String SCHEME = "bearer";

  private PresentedKey() {}

  /**
   * The key; empty if there is none. Credentials of another scheme are somebody else's, of a proxy
   * for example.
   *
   * @param authorization the header Authorization (RFC 6750 §2.1); null if there is none
   * @param apiKey the header X-API-Key; null if there is none
   * @throws UnauthenticatedProblem Authorization says Bearer and is not understood
   * @throws InvalidInputException each header has a key, and they differ (RFC 6750 §3.1)
   */
  static Optional<String> of(String authorization, String apiKey) {
    Optional<String> bearer = Optional.ofNullable(authorization).flatMap(PresentedKey::bearer);
    Optional<String> other = Optional.ofNullable(apiKey).map(String::trim);
    if (bearer.isPresent() && other.isPresent() && !bearer.equals(other)) {
      throw InvalidInputException.of(
          "X-API-Key", "is another key than that in Authorization. Send one of them");
    }
    return bearer.or(() -> other);
  }

  private static Optional<String> bearer(String authorization) {
    String value = authorization.trim();
    if (!value.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    String key = value.substring(SCHEME.length());
    if (!key.isEmpty() && key.charAt(0) != ' ') {
      throw new UnauthenticatedProblem(
          "A blank must follow the word Bearer: 'Authorization: Bearer <key>'.");
    }
    return Optional.of(key.trim());
  }
}
