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
  private final Map<Order, List<ServiceResult<Object>>> kept = new HashMap<>();
  private final Map<Order, Queue<Charged>> chargedFailures = new HashMap<>();
  private final Set<Long> surplus = new HashSet<>();
  private boolean any;
  private boolean closed;

  /**
   * What is ordered.
   *
   * @param input the input as JSON; null if nothing is executed
   */
  record Order(String service, JsonValue input) {}

  private record Charged(long usageId, int attempt) {}

  /** One attempt's view: which of the kept results it has been given. */
  static final class Attempt {
    private final Map<Order, Integer> taken = new HashMap<>();
    private int number;
    private boolean superseded;

    Attempt(int number) {
      this.number = number;
    }

    private int taken(Order order) {
      return taken.getOrDefault(order, 0);
    }

    private void take(Order order) {
      taken.merge(order, 1, Integer::sum);
    }
  }

  InnerRuns(Run outer) {
    this.outer = outer;
  }

  /**
   * Gives the kept result of an order, or has it run.
   *
   * @param road runs it within the outer run
   */
  ServiceResult<Object> order(Attempt attempt, Order order, Function<Run, Settlement> road) {
    Optional<ServiceResult<Object>> earlier = earlier(attempt, order);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    try {
      Settlement settlement = road.apply(outer);
      ended(attempt, order, settlement);
      return settlement.resultOrThrow();
    } catch (InvalidInputException invalid) {
      throw invalid.ofInnerRun(order.service());
    }
  }

  private synchronized Optional<ServiceResult<Object>> earlier(Attempt attempt, Order order) {
    if (closed || attempt.superseded) {
      // Nobody waits for it any more: what it would run, nobody should pay.
      throw new ServiceTimeoutProblem(outer.service().name());
    }
    List<ServiceResult<Object>> results = kept.getOrDefault(order, List.of());
    if (attempt.taken(order) < results.size()) {
      ServiceResult<Object> earlier = results.get(attempt.taken(order));
      attempt.take(order);
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

  private synchronized void ended(Attempt attempt, Order order, Settlement settlement) {
    long usageId = settlement.run().usageId();
    if (attempt.superseded) {
      surplus.add(usageId);
      return;
    }
    boolean succeeded = settlement.end().problem().isEmpty();
    if (succeeded || !settlement.cost().isZero()) {
      replaceFailure(attempt, order);
    }
    if (succeeded) {
      kept.computeIfAbsent(order, o -> new ArrayList<>()).add(settlement.resultOrThrow());
      attempt.take(order);
    } else if (!settlement.cost().isZero()) {
      chargedFailures
          .computeIfAbsent(order, o -> new ArrayDeque<>())
          .add(new Charged(usageId, attempt.number));
    }
  }

  /** A failure that was paid in an earlier attempt is paid once more now: one of both is enough. */
  private void replaceFailure(Attempt attempt, Order order) {
    Iterator<Charged> failures = chargedFailures.getOrDefault(order, new ArrayDeque<>()).iterator();
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
