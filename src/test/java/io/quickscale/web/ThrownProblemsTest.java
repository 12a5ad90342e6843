package io.quickscale.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.platform.EventLog;
import io.quickscale.problem.NotFoundProblem;
import io.quickscale.problem.Problem;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThrownProblemsTest {
  private static final String REFERENCE = "the-callers-id";

  private final Logger logger = Logger.getLogger(ThrownProblems.class.getName());
  private final Lines lines = new Lines();
  private final ThrownProblems problems = new ThrownProblems();

  @BeforeEach
  void listen() {
    problems.log = new EventLog();
    logger.addHandler(lines);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(lines);
    logger.setUseParentHandlers(true);
  }

  @Test
  void aProblemIsToldAsItIsHoweverItIsWrapped() {
    NotFoundProblem thrown = new NotFoundProblem("There is no such key.");

    assertThat(problem(new ServletException(new IllegalStateException(thrown)))).isSameAs(thrown);
    assertThat(lines.all).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsA503WithATimeToTryAgainAndAWarning() {
    Problem problem = problem(new PersistenceException(new SQLException("gone", "08006")));

    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.retryAfterSeconds()).isPresent();
    assertThat(lines.all).singleElement().extracting(LogRecord::getLevel).isEqualTo(Level.WARNING);
  }

  @Test
  void anythingElseIsHiddenBehindTheReferenceThatIsInTheLog() {
    IllegalStateException thrown = new IllegalStateException("the inside");

    Problem problem = problem(thrown);

    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.detail() + problem.members())
        .contains(REFERENCE)
        .doesNotContain("the inside");
    assertThat(lines.all)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.SEVERE);
              assertThat(line.getMessage()).contains(REFERENCE);
              assertThat(line.getThrown()).isSameAs(thrown);
            });
  }

  @Test
  void aContainerThatDoesNotSayWhyItFailedIsAnInternalErrorToo() {
    assertThat(problem(null).code()).isEqualTo("internal_error");
  }

  private Problem problem(Throwable thrown) {
    return problems.of(thrown, request());
  }

  private static HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ThrownProblemsTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> method.getName().equals("getHeader") ? REFERENCE : null);
  }

  private static final class Lines extends Handler {
    private final List<LogRecord> all = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      all.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
