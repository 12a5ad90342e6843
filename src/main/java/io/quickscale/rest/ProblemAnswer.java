package io.quickscale.rest;

import io.quickscale.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers with a problem where JAX-RS is not, or not yet, in charge. */
@ApplicationScoped
class ProblemAnswer {
  @Inject ProblemFormat format;

  /**
   * Writes the whole answer.
   *
   * @param instance the path that was asked for
   */
  void write(
      Problem problem, String instance, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body =
        format.write(problem, instance, RequestTrace.of(request)).getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.status());
    response.setHeader(SingleHeaders.REQUEST_ID, CorrelationId.of(request));
    response.setContentType(ProblemFormat.MEDIA_TYPE);
    response.setContentLength(body.length);
    new CallerResponse(response).getOutputStream().write(body);
  }
}
