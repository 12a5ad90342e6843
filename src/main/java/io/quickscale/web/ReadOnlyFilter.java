package io.quickscale.web;

import io.quickscale.problem.HttpProblem;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * What is there to be read can only be read. Left to themselves, servers answer a POST as if it
 * were a GET, or refuse it without saying what is allowed.
 */
@WebFilter(
    urlPatterns = {
      "",
      "/api-docs",
      "/assets/*",
      "/openapi",
      "/openapi/*",
      "/metrics",
      "/metrics/*",
      "/health/*"
    },
    asyncSupported = true)
public class ReadOnlyFilter extends HttpFilter {
  private static final long serialVersionUID = 1;
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  @Inject transient ProblemAnswers answers;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (READING.contains(request.getMethod())) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Allow", "GET, HEAD, OPTIONS");
    answers
        .to(request, HttpProblem.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED))
        .send(request, response);
  }
}
