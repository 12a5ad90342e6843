package io.quickscale.run;

import io.quickscale.platform.Ids;
import io.quickscale.problem.Problem;
import io.quickscale.problem.RateLimitedProblem;
import io.quickscale.problem.ServiceTimeoutProblem;
import io.quickscale.run.OpenRuns.Going;
import io.quickscale.run.RunCommand.Start;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What can be said against an order before its credits are held. Asked behind the accounts' locks,
 * so that two nodes cannot both slip through; each kind of objection reads what it needs of the
 * whole group with one statement.
 */
@ApplicationScoped
class Objections {
  @Inject OpenRuns openRuns;

  private record Load(long accountId, String service) {}

  /** Refuses what is objected to, in the order in which it came. */
  void raise(RunGroup group) {
    Set<Long> outerRuns = outerRunsGoing(group);
    Set<Long> ending = Set.copyOf(group.endingRuns());
    Map<Load, Going> going = going(group);
    Map<Load, Long> startedHere = new HashMap<>();
    group.refuse(
        start -> {
          Optional<Problem> problem =
              withoutOuter(start, outerRuns, ending).or(() -> tooMany(start, going, startedHere));
          if (problem.isEmpty()) {
            if (!isJob(start)) {
              loads(start).forEach((load, runs) -> startedHere.merge(load, runs, Long::sum));
            }
          }
          return problem;
        });
  }

  // Within a run that goes on.

  private Set<Long> outerRunsGoing(RunGroup group) {
    return openRuns.going(
        group
            .starts()
            .flatMap(start -> start.order().outer().stream())
            .map(Run::usageId)
            .collect(Collectors.toSet()));
  }

  /** What ends in this group ends with all that is within it, and takes no more orders. */
  private static Optional<Problem> withoutOuter(Start start, Set<Long> going, Set<Long> ending) {
    return start
        .order()
        .outer()
        .filter(outer -> !going.contains(outer.usageId()) || outer.isWithin(ending))
        .map(outer -> new ServiceTimeoutProblem(outer.service().name()));
  }

  // Concurrent runs.

  private Map<Load, Going> going(RunGroup group) {
    Set<Long> accounts =
        group
            .starts()
            .filter(start -> isLimited(start))
            .map(Start::accountId)
            .collect(Collectors.toSet());
    return openRuns.goingOf(accounts).stream()
        .collect(
            Collectors.toMap(
                going -> new Load(going.accountId(), going.service()), Function.identity()));
  }

  private static Map<Load, Long> loads(Start start) {
    return start.runs().stream()
        .collect(
            Collectors.groupingBy(
                run -> new Load(start.accountId(), run.service().name()), Collectors.counting()));
  }

  private static boolean isLimited(Start start) {
    return !isJob(start) && start.runs().stream().anyMatch(run -> limit(run) != null);
  }

  /** A job waits until it is its turn, and keeps to the limits while it works. */
  private static boolean isJob(Start start) {
    return start.order().jobId().isPresent();
  }

  private static Optional<Problem> tooMany(
      Start start, Map<Load, Going> going, Map<Load, Long> startedHere) {
    if (!isLimited(start)) {
      return Optional.empty();
    }
    Map<Load, Long> wanted = loads(start);
    for (Run run : start.runs()) {
      Integer limit = limit(run);
      Load load = new Load(start.accountId(), run.service().name());
      Optional<Going> before = Optional.ofNullable(going.get(load));
      long others = before.map(Going::runs).orElse(0L) + startedHere.getOrDefault(load, 0L);
      // An order of many executes no more at a time than it is let.
      if (limit != null && others > 0 && others + wanted.get(load) > limit) {
        return Optional.of(tooMany(run, limit, others, before));
      }
    }
    return Optional.empty();
  }

  private static Integer limit(Run run) {
    return run.service().settings().maxConcurrentRuns();
  }

  private static Problem tooMany(Run run, int limit, long others, Optional<Going> before) {
    String name = run.service().name();
    String oldest =
        before
            .map(
                going ->
                    " The one that has been going longest is %s, since %s: its usage record says when it has ended."
                        .formatted(Ids.format(going.oldestId()), going.since()))
            .orElse("");
    return new RateLimitedProblem(
        "Your account has %d %s of '%s' going; the service lets an account have %d at a time (max_concurrent_runs).%s Try again when one has ended, in a second at the soonest."
            .formatted(others, others == 1 ? "run" : "runs", name, limit, oldest),
        1);
  }
}
