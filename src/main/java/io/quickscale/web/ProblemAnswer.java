package io.quickscale.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A problem as it is sent. Made by {@link ProblemAnswers}.
 *
 * @param status HTTP status
 * @param headers beside the media type: what a caller can do about it
 * @param body JSON (RFC 9457)
 */
public record ProblemAnswer(int status, Map<String, String> headers, String body) {
  /** Of the body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Writes the whole answer, where JAX-RS is not, or not yet, in charge. */
  public void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    headers.forEach(response::setHeader);
    response.setHeader(CorrelationId.HEADER, CorrelationId.of(request));
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(bytes.length);
    new CallerResponse(response).getOutputStream().write(bytes);
  }
}
