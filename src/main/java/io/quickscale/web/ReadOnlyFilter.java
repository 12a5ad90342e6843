package io.quickscale.web;

import io.quickscale.problem.HttpProblem;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What is there to be read can only be read. Left to themselves, servers answer a POST as if it
 * were a GET, refuse it without saying what is allowed, or refuse a HEAD that they list as allowed.
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
  private static final String ALLOWED = "GET, HEAD, OPTIONS";

  @Inject transient ProblemAnswers answers;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    switch (request.getMethod()) {
      case "GET" -> chain.doFilter(request, response);
      case "HEAD" -> chain.doFilter(new Get(request), response);
      case "OPTIONS" -> response.setHeader("Allow", ALLOWED);
      default -> refuse(request, response);
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setHeader("Allow", ALLOWED);
    answers
        .to(request, HttpProblem.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED))
        .send(request, response);
  }

  /** A HEAD as the GET that it is to be answered as; the server leaves the body out by itself. */
  private static final class Get extends HttpServletRequestWrapper {
    private Get(HttpServletRequest head) {
      super(head);
    }

    @Override
    public String getMethod() {
      return "GET";
    }
  }
}
