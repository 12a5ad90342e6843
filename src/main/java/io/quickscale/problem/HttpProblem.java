package io.quickscale.problem;

import java.time.Duration;
import java.util.List;

/** What is refused by HTTP's own rules: wrong method, media type or path, a server that is busy. */
public final class HttpProblem extends Problem {
  /** Where nothing is known of when it ends. */
  private static final Duration UNKNOWN = Duration.ofSeconds(2);

  private HttpProblem(int status, String code, String title, String detail) {
    super(status, code, title, detail);
  }

  /**
   * The problem that stands for a container's status; an unknown 4xx is an invalid input, the rest
   * internal.
   */
  public static Problem of(int status) {
    return switch (status) {
      case 400 -> invalid("The request cannot be understood. See /openapi.");
      case 401 ->
          new UnauthenticatedProblem(
              "Send an API key: 'Authorization: Bearer <key>' or 'X-API-Key: <key>'.");
      case 403 -> new ForbiddenProblem("Your role may not do this.");
      case 404 ->
          new NotFoundProblem("There is nothing at this path. /openapi lists what there is.");
      case 405 ->
          new HttpProblem(
              405,
              "method_not_allowed",
              "Method not allowed",
              "This path does not take this method. See the Allow header.");
      case 406 ->
          new HttpProblem(
              406,
              "not_acceptable",
              "Not acceptable",
              "None of the media types in the Accept header can be had here. Accept"
                  + " application/json.");
      case 413 ->
          new HttpProblem(
              413,
              "payload_too_large",
              "Payload too large",
              "The request is too large. Send less.");
      case 415 -> unsupportedMediaType("Send the body as 'Content-Type: application/json'.");
      case 503 -> busy(UNKNOWN);
      default ->
          new HttpProblem(
              status,
              "invalid_input",
              "Invalid request",
              "The request cannot be understood. See /openapi.");
    };
  }

  /** The body is of a kind or a form that is not read here. */
  public static Problem unsupportedMediaType(String detail) {
    return new HttpProblem(415, "unsupported_media_type", "Unsupported media type", detail);
  }

  /** The body ends before its end. */
  public static HttpProblem incompleteBody() {
    return invalid("The body ended before it was complete. Send the request again.");
  }

  private static HttpProblem invalid(String detail) {
    HttpProblem invalid = new HttpProblem(400, "invalid_input", "Invalid input", detail);
    invalid.member("violations", List.of());
    return invalid;
  }

  /**
   * The server is busy, or its database is away.
   *
   * @param retryAfter when a new try has a chance; told in whole seconds, at least one
   */
  public static HttpProblem busy(Duration retryAfter) {
    HttpProblem busy =
        new HttpProblem(
            503,
            "service_unavailable",
            "Service unavailable",
            "The server is busy or its database is away. Try again later.");
    busy.retryAfterSeconds((int) Math.max(1, retryAfter.plusMillis(999).toSeconds()));
    return busy;
  }
}
