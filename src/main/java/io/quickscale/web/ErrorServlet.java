package io.quickscale.web;

import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Words for what the servlet container refuses outside of {@code /api/v1}. */
@WebServlet("/internal/error")
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Inject transient ProblemAnswers answers;
  @Inject transient ThrownProblems thrownProblems;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() != DispatcherType.ERROR) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    Problem problem = problem(request);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    if (problem.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED
        && !response.containsHeader("Allow")) {
      // Whatever is no resource of the API is there to be read.
      response.setHeader("Allow", "GET, HEAD, OPTIONS");
    }
    answers.to(request, String.valueOf(path), problem).send(request, response);
  }

  private Problem problem(HttpServletRequest request) {
    int status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    if (status == HttpServletResponse.SC_FORBIDDEN) {
      // Payara's, of a static page that somebody wants to change; roles count in the API alone.
      return HttpProblem.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
    if (status < 500 || status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      return HttpProblem.of(status);
    }
    Throwable thrown = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    return thrownProblems.of(thrown, request);
  }
}
