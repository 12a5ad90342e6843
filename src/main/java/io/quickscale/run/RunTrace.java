package io.quickscale.run;

import io.quickscale.platform.Ids;
import io.quickscale.platform.Tracing;
import io.quickscale.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The steps of a run as spans inside the server's span of the request, if that is traced. */
@ApplicationScoped
class RunTrace {
  @Inject Tracing tracing;

  /** Setting the credits aside, and what else is written before the service is called. */
  <T> T hold(Run run, Supplier<T> step) {
    return span("hold", run, step, held -> Optional.empty());
  }

  /** The service itself, with all attempts. */
  RunEnd execute(Run run, Supplier<RunEnd> step) {
    return span("execute", run, step, RunEnd::problem);
  }

  /** Paying for the run, or giving back what was held for it. */
  Settled settle(Run run, RunEnd end, Supplier<Settled> step) {
    boolean givesBack = end.charge().isZero() && !run.isFree();
    return span(givesBack ? "release" : "settle", run, step, settled -> Optional.empty());
  }

  private <T> T span(
      String name, Run run, Supplier<T> step, Function<T, Optional<Problem>> failureOf) {
    return tracing.isTraced() ? traced(name, run, step, failureOf) : step.get();
  }

  private <T> T traced(
      String name, Run run, Supplier<T> step, Function<T, Optional<Problem>> failureOf) {
    try (Tracing.Span span = tracing.start(name)) {
      span.attribute("quickscale.service", run.service().name());
      span.attribute("quickscale.usage_id", Ids.format(run.usageId()));
      run.outer()
          .ifPresent(
              outer -> span.attribute("quickscale.parent_usage_id", Ids.format(outer.usageId())));
      span.attribute("user.id", Ids.format(run.user().id()));
      try {
        T done = step.get();
        failureOf.apply(done).ifPresent(problem -> fail(span, problem));
        return done;
      } catch (RuntimeException e) {
        fail(span, e);
        throw e;
      }
    }
  }

  private static void fail(Tracing.Span span, RuntimeException failure) {
    if (failure instanceof Problem problem) {
      span.failed(problem.code(), problem.getCause() == null ? problem : problem.getCause());
    } else {
      span.failed("internal_error", failure);
    }
  }
}
