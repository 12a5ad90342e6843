package io.quickscale.web;

import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses what no resource can be asked: a URI that cannot be decoded, a header with control
 * characters, and TRACE, which would show a caller's key to whoever reads the answer.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class RequestLineFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Inject transient ProblemAnswers answers;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<Problem> problem = problem(request);
    if (problem.isEmpty()) {
      chain.doFilter(request, new CallerResponse(response));
      return;
    }
    if (problem.get().status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
      response.setHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }
    answers.to(request, path(request), problem.get()).send(request, response);
  }

  /** The path as it was sent, also where the server would not have let it through. */
  private static String path(HttpServletRequest request) {
    return GrizzlyPaths.original(request.getRequestURI());
  }

  private static Optional<Problem> problem(HttpServletRequest request) {
    String method = request.getMethod();
    if (method.equals("TRACE") || !method.equals(method.toUpperCase(Locale.ROOT))) {
      return Optional.of(HttpProblem.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED));
    }
    return problemOf("path", path(request), GrizzlyPaths::decode)
        .or(() -> problemOfQuery(request))
        .or(() -> problemOfHeaders(request));
  }

  /** Of the API the query is looked at once it is known who calls. */
  private static Optional<Problem> problemOfQuery(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null || request.getRequestURI().startsWith("/api/")
        ? Optional.empty()
        : problemOf("query", query, PercentEncoding::decodeFormData);
  }

  private static Optional<Problem> problemOf(
      String part, String encoded, UnaryOperator<String> decoder) {
    try {
      decoder.apply(encoded);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          new InvalidInputException("The " + part + " " + e.getMessage() + ".", List.of()));
    }
  }

  private static Optional<Problem> problemOfHeaders(HttpServletRequest request) {
    List<Violation> violations =
        Collections.list(request.getHeaderNames()).stream()
            .filter(name -> values(request, name).anyMatch(RequestLineFilter::hasControls))
            .map(name -> new Violation(name, "must not have control characters"))
            .collect(Collectors.toCollection(ArrayList::new));
    if (values(request, "Host").count() > 1) {
      violations.add(new Violation("Host", "must be given once"));
    }
    return violations.isEmpty()
        ? Optional.empty()
        : Optional.of(new InvalidInputException(violations));
  }

  private static Stream<String> values(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name)).stream();
  }

  private static boolean hasControls(String value) {
    return value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
  }
}
