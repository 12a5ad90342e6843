package io.quickscale.run;

import io.quickscale.platform.Ids;
import io.quickscale.service.InvalidInputException;
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
  private volatile Attempt latest;
  private volatile InvalidInputException rejection;
  private int attempts;

  RunExecution(Run run) {
    this.run = run;
    this.latest = new Attempt(0);
  }

  /** A context for the next try. */
  synchronized RunContext nextAttempt() {
    rejection = null;
    latest = new Attempt(++attempts);
    return latest;
  }

  /** How often the service was tried. */
  synchronized int attempts() {
    return attempts;
  }

  /**
   * Notes that the service refused the input. Fault Tolerance must not see it: a caller's mistake
   * is neither retried nor counted by the circuit breaker.
   */
  void reject(InvalidInputException invalid) {
    rejection = invalid;
  }

  Optional<InvalidInputException> rejection() {
    return Optional.ofNullable(rejection);
  }

  /** What the latest attempt metered. */
  Map<String, Long> units() {
    return latest.units();
  }

  @Override
  public ServiceUser user() {
    return run.user();
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

  private final class Attempt implements RunContext {
    private final int number;
    private final Map<String, Long> units = new HashMap<>();

    Attempt(int number) {
      this.number = number;
    }

    synchronized Map<String, Long> units() {
      return Map.copyOf(units);
    }

    @Override
    public ServiceUser user() {
      return run.user();
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
      if (total < 1 || done < 0 || done > total) {
        throw new IllegalArgumentException("Progress " + done + " of " + total + " makes no sense");
      }
    }
  }
}
