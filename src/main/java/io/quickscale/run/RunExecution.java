package io.quickscale.run;

import io.quickscale.platform.Ids;
import io.quickscale.problem.Problem;
import io.quickscale.service.RunContext;
import io.quickscale.service.ServiceUser;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What happens between hold and settlement. Fault Tolerance may try the service several times: each
 * attempt gets a context of its own, and only the latest one's meter counts. An attempt that timed
 * out may still be running when the next one starts; it then writes into a context that nobody
 * reads.
 */
final class RunExecution implements RunContext {
  private final Run run;
  private final RunProgress progress;
  private final InnerRuns inner;
  private final ServiceUser user;
  private volatile Attempt latest;
  private volatile Problem rejection;
  private int attempts;

  RunExecution(Run run, RunProgress progress) {
    this.run = run;
    this.progress = progress;
    this.inner = new InnerRuns(run);
    // A fallback may get this context, and comes after all attempts.
    this.user = new RunUser(run.user(), inner, new InnerRuns.Attempt(Integer.MAX_VALUE));
    this.latest = new Attempt(0);
  }

  /** A context for the next try. */
  synchronized Attempt nextAttempt() {
    rejection = null;
    inner.supersede(latest.orders);
    latest = new Attempt(++attempts);
    return latest;
  }

  /** How often the service was tried. */
  synchronized int attempts() {
    return attempts;
  }

  /**
   * Notes that the run was refused, its input by the service, or an inner run that the caller
   * cannot have. Fault Tolerance must not see it: what is the caller's is neither retried nor
   * counted by the circuit breaker.
   */
  void reject(Problem refusal) {
    rejection = refusal;
  }

  Optional<Problem> rejection() {
    return Optional.ofNullable(rejection);
  }

  /** See {@link InnerRuns#close}. */
  InnerEnd close(boolean isPaid) {
    return inner.close(isPaid);
  }

  /** What the latest attempt metered. */
  Map<String, Long> units() {
    return latest.units();
  }

  @Override
  public ServiceUser user() {
    return user;
  }

  @Override
  public String runId() {
    return Ids.format(run.usageId());
  }

  @Override
  public String correlationId() {
    return run.correlationId();
  }

  @Override
  public int attempt() {
    return latest.attempt();
  }

  @Override
  public void meter(String unit, long units) {
    latest.meter(unit, units);
  }

  @Override
  public void progress(long done, long total) {
    latest.progress(done, total);
  }

  @Override
  public Optional<String> setting(String name) {
    return ServiceSettingLookup.find(run.service().name(), name);
  }

  /** One try. */
  final class Attempt implements RunContext {
    private final int number;
    private final InnerRuns.Attempt orders;
    private final ServiceUser user;
    private final Map<String, Long> units = new HashMap<>();

    private Attempt(int number) {
      this.number = number;
      this.orders = new InnerRuns.Attempt(number);
      this.user = new RunUser(run.user(), inner, orders);
    }

    /** The service has come to an end; its fallback may go on. */
    void end() {
      inner.ended(orders);
    }

    synchronized Map<String, Long> units() {
      return Map.copyOf(units);
    }

    @Override
    public ServiceUser user() {
      return user;
    }

    @Override
    public String runId() {
      return RunExecution.this.runId();
    }

    @Override
    public String correlationId() {
      return run.correlationId();
    }

    @Override
    public int attempt() {
      return number;
    }

    @Override
    public synchronized void meter(String unit, long amount) {
      if (amount < 0) {
        throw new IllegalArgumentException("A run cannot use " + amount + " " + unit);
      }
      if (!run.service().hasUnit(unit)) {
        throw new IllegalArgumentException(
            "The service " + run.service().name() + " has no unit price for '" + unit + "'");
      }
      units.merge(unit, amount, Math::addExact);
    }

    @Override
    public Optional<String> setting(String name) {
      return RunExecution.this.setting(name);
    }

    @Override
    public void progress(long done, long total) {
      if (total > 0 && done >= 0 && done <= total) {
        progress.say(run.usageId(), done, total);
      }
    }
  }
}
