package io.quickscale.run;

import io.quickscale.problem.ServiceTimeoutProblem;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.ServiceResult;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;

/**
 * The runs that one run orders of other services. Fault Tolerance may try that run several times;
 * what succeeded in one attempt is not run again in the next one, which gets the kept result for
 * the same order: same service, same input, and so many equal orders before it in its attempt.
 */
final class InnerRuns {
  /** More would be a service that runs itself without an end. */
  static final int MAX_DEPTH = 16;

  private final Run outer;
  private final Map<Call, List<ServiceResult<Object>>> kept = new HashMap<>();
  private final Map<Call, Queue<Charged>> chargedFailures = new HashMap<>();
  private final Set<Long> surplus = new HashSet<>();
  private boolean any;
  private boolean closed;

  /**
   * What is called.
   *
   * @param input the input as JSON; null if nothing is executed
   */
  record Call(String service, JsonValue input) {}

  private record Charged(long usageId, int attempt) {}

  /** One attempt's view: which of the kept results it has been given. */
  static final class Attempt {
    private final Map<Call, Integer> taken = new HashMap<>();
    private int number;
    private boolean superseded;

    Attempt(int number) {
      this.number = number;
    }

    private int taken(Call call) {
      return taken.getOrDefault(call, 0);
    }

    private void take(Call call) {
      taken.merge(call, 1, Integer::sum);
    }
  }

  InnerRuns(Run outer) {
    this.outer = outer;
  }

  /**
   * Gives the kept result of a call, or has it run.
   *
   * @param road runs it within the outer run
   */
  ServiceResult<Object> call(Attempt attempt, Call call, Function<Run, Settled> road) {
    Optional<ServiceResult<Object>> earlier = earlier(attempt, call);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    try {
      Settled settled = road.apply(outer);
      ended(attempt, call, settled);
      return settled.resultOrThrow();
    } catch (InvalidInputException invalid) {
      throw invalid.ofInnerRun(call.service());
    }
  }

  private synchronized Optional<ServiceResult<Object>> earlier(Attempt attempt, Call call) {
    if (closed || attempt.superseded) {
      // Nobody waits for it any more: what it would run, nobody should pay.
      throw new ServiceTimeoutProblem(outer.service().name());
    }
    List<ServiceResult<Object>> results = kept.getOrDefault(call, List.of());
    if (attempt.taken(call) < results.size()) {
      ServiceResult<Object> earlier = results.get(attempt.taken(call));
      attempt.take(call);
      return Optional.of(earlier);
    }
    if (outer.depth() + 1 >= MAX_DEPTH) {
      throw new IllegalStateException(
          "Runs within runs go %d deep: %s may be running itself without an end"
              .formatted(MAX_DEPTH, outer.service().name()));
    }
    any = true;
    return Optional.empty();
  }

  private synchronized void ended(Attempt attempt, Call call, Settled settled) {
    long usageId = settled.run().usageId();
    if (attempt.superseded) {
      surplus.add(usageId);
      return;
    }
    boolean succeeded = settled.end().problem().isEmpty();
    if (succeeded || !settled.cost().isZero()) {
      replaceFailure(attempt, call);
    }
    if (succeeded) {
      kept.computeIfAbsent(call, c -> new ArrayList<>()).add(settled.resultOrThrow());
      attempt.take(call);
    } else if (!settled.cost().isZero()) {
      chargedFailures
          .computeIfAbsent(call, c -> new ArrayDeque<>())
          .add(new Charged(usageId, attempt.number));
    }
  }

  /** A failure that was paid in an earlier attempt is paid once more now: one of both is enough. */
  private void replaceFailure(Attempt attempt, Call call) {
    Iterator<Charged> failures = chargedFailures.getOrDefault(call, new ArrayDeque<>()).iterator();
    while (failures.hasNext()) {
      Charged failure = failures.next();
      if (failure.attempt() < attempt.number) {
        surplus.add(failure.usageId());
        failures.remove();
        return;
      }
    }
  }

  /** Another attempt has begun: what this one still orders, nobody waits for. */
  synchronized void supersede(Attempt attempt) {
    attempt.superseded = true;
  }

  /** The attempt has ended. Whoever goes on with its context, a fallback, begins anew. */
  synchronized void ended(Attempt attempt) {
    attempt.taken.clear();
    attempt.number = Integer.MAX_VALUE;
  }

  /**
   * The outer run has ended: it takes no more orders.
   *
   * @param isPaid whether what it and its inner runs cost is due
   */
  synchronized InnerEnd close(boolean isPaid) {
    closed = true;
    return new InnerEnd(any, !isPaid, Set.copyOf(surplus));
  }
}
