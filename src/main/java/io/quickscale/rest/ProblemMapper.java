package io.quickscale.rest;

import io.quickscale.db.DatabaseProblem;
import io.quickscale.platform.EventLog;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.InternalErrorProblem;
import io.quickscale.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers everything that is thrown; what is not a problem is logged with a reference and hidden
 * behind it.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

  @Inject ProblemFormat format;
  @Inject EventLog log;
  @Inject HttpServletRequest request;

  @Override
  public Response toResponse(Throwable thrown) {
    Problem problem = problem(thrown);
    ResponseBuilder answer =
        Response.status(problem.status())
            .type(ProblemFormat.MEDIA_TYPE)
            .entity(format.write(problem, request.getRequestURI(), RequestTrace.of(request)));
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, seconds));
    if (problem.status() == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"QuickScale\"");
    }
    if (thrown instanceof WebApplicationException refused && problem.status() == 405) {
      answer.header(HttpHeaders.ALLOW, refused.getResponse().getHeaderString(HttpHeaders.ALLOW));
    }
    return answer.build();
  }

  private static boolean isTheContainers(int status) {
    return status < 500 || status == 503;
  }

  private Problem problem(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return problem;
      }
    }
    if (thrown instanceof WebApplicationException refused
        && isTheContainers(refused.getResponse().getStatus())) {
      return HttpProblem.of(refused.getResponse().getStatus());
    }
    Optional<Problem> database = DatabaseProblem.of(thrown);
    if (database.isPresent()) {
      log.log(
          LOG,
          Level.WARNING,
          thrown,
          RequestTrace.of(request),
          "database problem",
          "code",
          database.get().code(),
          "correlation_id",
          CorrelationId.of(request));
      return database.get();
    }
    String reference = CorrelationId.of(request);
    log.log(
        LOG,
        Level.SEVERE,
        thrown,
        RequestTrace.of(request),
        "internal error",
        "reference",
        reference);
    return new InternalErrorProblem(reference);
  }
}
