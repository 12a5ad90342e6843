package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.platform.Ids;
import io.quickscale.platform.ProviderLookups;
import io.quickscale.problem.Problem;
import io.quickscale.problem.ServiceFailedProblem;
import io.quickscale.problem.ServiceTimeoutProblem;
import io.quickscale.registry.FailurePolicy;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.ServiceInvocation;
import io.quickscale.service.ServiceUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * The second part of a run's road: calls the service of a run that has started, on the thread that
 * asks and outside any transaction, and decides what is due for how it came out. Touches no ledger
 * and no record.
 */
@ApplicationScoped
class Execution {
  private static final int INTERNAL = 500;

  /** As MicroProfile Fault Tolerance has it. */
  private static final Duration DEFAULT_BREAKER_DELAY = Duration.ofSeconds(5);

  private final ProviderLookups providers = new ProviderLookups(Execution.class.getClassLoader());

  @Inject RunTimeLimit timeLimit;
  @Inject RunReport report;
  @Inject RunTrace trace;
  @Inject RunProgress progress;
  @Inject Config config;

  private final BreakerWait breakers =
      new BreakerWait(name -> config.getOptionalValue(name, Long.class));

  /** Takes what a run gives. */
  interface Sink {
    /**
     * The result of the attempt that counts.
     *
     * @return what is kept of it
     * @throws RuntimeException it cannot be taken; that is the run's failure
     */
    Object result(Object result);
  }

  /** Executes a service, with all its attempts. */
  RunEnd execute(Run run, Object input, Sink sink) {
    return trace.execute(run, () -> attempt(run, input, sink));
  }

  /** The same on a thread that belongs to no request. */
  @ActivateRequestContext
  RunEnd executeApart(Run run, Object input, Sink sink) {
    return execute(run, input, sink);
  }

  private RunEnd attempt(Run run, Object input, Sink sink) {
    RunExecution execution = new RunExecution(run, progress);
    try {
      Object result = call(run, execution, input);
      if (execution.rejection().isPresent()) {
        return refused(execution.rejection().get(), execution);
      }
      if (result == null) {
        throw new IllegalStateException("executeService returned null");
      }
      return succeeded(run, sink.result(result), execution);
    } catch (BulkheadException e) {
      return refused(full(run, e), execution);
    } catch (CircuitBreakerOpenException e) {
      return refused(open(run, e), execution);
    } catch (InterruptedException e) {
      return interrupted(run, e, execution);
    } catch (TimeoutException e) {
      return failed(run, new ServiceTimeoutProblem(run.service().name()), execution);
    } catch (Throwable e) {
      // Whatever it is, an Error included: the hold must be settled, and the caller answered.
      return thrown(run, e, execution);
    } finally {
      // A timeout interrupts this thread; an interrupt that came late must not hit the settlement.
      Thread.interrupted();
    }
  }

  private Object call(Run run, RunExecution execution, Object input) throws Exception {
    return timeLimit.within(
        run.service().name(),
        () ->
            providers.around(
                () -> ServiceInvocation.execute(run.service().instance(), execution, input)));
  }

  /** The outer run's time is over, and with it this one's; that is no failure of this service. */
  private RunEnd interrupted(Run run, InterruptedException thrown, RunExecution execution) {
    return run.outer().isPresent()
        ? refused(new ServiceTimeoutProblem(run.service().name()), execution)
        : thrown(run, thrown, execution);
  }

  private RunEnd thrown(Run run, Throwable thrown, RunExecution execution) {
    Optional<Problem> answer =
        Refusals.problem(thrown).filter(problem -> problem.status() != INTERNAL);
    if (answer.isPresent()) {
      return refused(answer.get(), execution);
    }
    if (!Refusals.isLogged(thrown)) {
      report.failed(run, thrown);
    }
    return failed(
        run,
        new ServiceFailedProblem(run.service().name(), Ids.format(run.usageId()), thrown),
        execution);
  }

  private static RunEnd succeeded(Run run, Object result, RunExecution execution) {
    return metered(
        RunEnd.succeeded(result, due(run, execution), execution.attempts()), run, execution);
  }

  private static RunEnd failed(Run run, Problem problem, RunExecution execution) {
    if (run.service().settings().failurePolicy() == FailurePolicy.NO_CHARGE) {
      return refused(problem, execution);
    }
    return metered(
        RunEnd.failed(problem, due(run, execution), execution.attempts()), run, execution);
  }

  /** Neither the run nor what it has ordered is paid. */
  private static RunEnd refused(Problem problem, RunExecution execution) {
    Problem told =
        problem instanceof InvalidInputException invalid ? invalid.forOuterCaller() : problem;
    return RunEnd.failed(told, Credits.ZERO, execution.attempts()).with(execution.close(false));
  }

  private static RunEnd metered(RunEnd end, Run run, RunExecution execution) {
    return end.with(run.service().price().lines(execution.units())).with(execution.close(true));
  }

  private static Credits due(Run run, RunExecution execution) {
    return run.service().price().charge(execution.units());
  }

  private static Problem full(Run run, BulkheadException cause) {
    return new ServiceUnavailableException(
        "The service '%s' has as many runs going as it takes at a time. Try again when one has ended, in a second at the soonest."
            .formatted(run.service().name()),
        Duration.ofSeconds(1),
        cause);
  }

  private Problem open(Run run, CircuitBreakerOpenException cause) {
    Duration wait = breakers.of(run.service().instance()).orElse(DEFAULT_BREAKER_DELAY);
    return new ServiceUnavailableException(
        "The service '%s' has failed too often and takes no runs now. It does again in %d seconds at the latest."
            .formatted(run.service().name(), Math.max(1, wait.plusMillis(999).toSeconds())),
        wait,
        cause);
  }
}
