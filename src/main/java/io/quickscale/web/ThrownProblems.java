package io.quickscale.web;

import io.quickscale.platform.DatabaseProblem;
import io.quickscale.platform.EventLog;
import io.quickscale.problem.InternalErrorProblem;
import io.quickscale.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a caller is told of something that was thrown; what is not a problem is logged with a
 * reference and hidden behind it.
 */
@ApplicationScoped
public class ThrownProblems {
  private static final Logger LOG = Logger.getLogger(ThrownProblems.class.getName());

  @Inject EventLog log;

  /** The problem that was thrown, however it was wrapped. */
  public static Optional<Problem> within(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return Optional.of(problem);
      }
    }
    return Optional.empty();
  }

  /**
   * The problem behind what was thrown while a request was answered.
   *
   * @param thrown null if the container failed without saying with what
   */
  public Problem of(Throwable thrown, HttpServletRequest request) {
    return within(thrown)
        .or(() -> ofDatabase(thrown, request))
        .orElseGet(() -> internal(thrown, request));
  }

  private Optional<Problem> ofDatabase(Throwable thrown, HttpServletRequest request) {
    Optional<Problem> problem = DatabaseProblem.of(thrown);
    problem.ifPresent(
        found ->
            log.log(
                LOG,
                Level.WARNING,
                thrown,
                RequestTrace.of(request),
                "database problem",
                "code",
                found.code(),
                "correlation_id",
                CorrelationId.of(request)));
    return problem;
  }

  private Problem internal(Throwable thrown, HttpServletRequest request) {
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
