package io.quickscale.web;

import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/**
 * Headers that have one value. Given twice, the caller and whoever stands between may each take
 * another one for true.
 */
public final class SingleHeaders {
  static final String AUTHORIZATION = "Authorization";
  static final String API_KEY = "X-API-Key";
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  static final String REQUEST_ID = "X-Request-Id";

  /** Looked at to know who calls. */
  static final List<String> OF_CREDENTIALS = List.of(AUTHORIZATION, API_KEY);

  /** Looked at once that is known. */
  public static final List<String> OF_A_REQUEST =
      List.of("Content-Type", "Content-Length", IDEMPOTENCY_KEY, REQUEST_ID, "Last-Event-ID");

  private SingleHeaders() {}

  /**
   * Refuses a request that has one of the headers more than once.
   *
   * @throws InvalidInputException it has; each is named
   */
  public static void require(HttpServletRequest request, List<String> names) {
    List<Violation> violations =
        names.stream()
            .filter(name -> Collections.list(request.getHeaders(name)).size() > 1)
            .map(name -> new Violation(name, "must be given once"))
            .toList();
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }
}
