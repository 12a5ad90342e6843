package io.quickscale.rest;

import io.quickscale.platform.EventLog;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.InternalErrorProblem;
import io.quickscale.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Words for what the servlet container refuses outside of {@code /api/v1}. */
@WebServlet("/internal/error")
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = Logger.getLogger(ErrorServlet.class.getName());

  @Inject transient ProblemFormat format;
  @Inject transient EventLog log;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() != DispatcherType.ERROR) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    Problem problem = problem(request);
    response.setStatus(problem.status());
    response.setContentType(ProblemFormat.MEDIA_TYPE);
    response.setCharacterEncoding("UTF-8");
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    response
        .getWriter()
        .write(format.write(problem, String.valueOf(path), RequestTrace.of(request)));
  }

  private Problem problem(HttpServletRequest request) {
    int status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    if (status < 500 || status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      return HttpProblem.of(status);
    }
    String reference = CorrelationId.of(request);
    Throwable thrown = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    log.log(
        LOG,
        Level.SEVERE,
        thrown,
        RequestTrace.of(request),
        "internal error",
        "status",
        status,
        "reference",
        reference);
    return new InternalErrorProblem(reference);
  }
}
