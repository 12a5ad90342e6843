package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.problem.HttpProblem;
import io.quickscale.registry.ServiceFixture;
import io.quickscale.run.Step.Finish;
import io.quickscale.run.Step.Part;
import io.quickscale.run.Step.Start;
import io.quickscale.service.ServiceUser;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes commands for the journal of what a story says, and remembers which runs can end. */
final class RunsToWrite {
  private final List<Long> accounts;
  private final List<Run> started = new ArrayList<>();
  private final Map<Run, List<Run>> orders = new HashMap<>();
  private long lastId;

  RunsToWrite(List<Long> accounts) {
    this.accounts = accounts;
  }

  /** The commands; a run that is there can end once in a batch, and orders nothing after that. */
  List<RunCommand> commands(List<Part> parts, OffsetDateTime now) {
    List<RunCommand> commands = new ArrayList<>();
    Set<Run> ending = new HashSet<>();
    for (Part part : parts) {
      if (part instanceof Start start) {
        Optional<Run> outer = outer(start);
        if (outer.filter(ending::contains).isEmpty()) {
          commands.add(new RunCommand.Start(run(start, outer, now)));
        }
      } else if (part instanceof Finish finish && finish.back() < started.size()) {
        Run run = started.get(started.size() - 1 - finish.back());
        if (ending.add(run)) {
          commands.add(finish(run, finish));
        }
      }
    }
    return commands;
  }

  /** Remembers the runs whose node knows that they have started. */
  void started(List<RunCommand> commands, List<String> told) {
    for (int i = 0; i < commands.size(); i++) {
      if (told.get(i).equals(Told.STARTED)) {
        started.add(commands.get(i).run());
      }
    }
  }

  private Optional<Run> outer(Start start) {
    return start.within() == null || start.within() >= started.size()
        ? Optional.empty()
        : Optional.of(started.get(started.size() - 1 - start.within()));
  }

  private Run run(Start start, Optional<Run> outer, OffsetDateTime now) {
    ServiceUser user =
        outer
            .map(Run::user)
            .orElseGet(
                () ->
                    new ServiceUser(
                        start.account(), accounts.get(start.account() - 1), "ann@example.com"));
    Credits price = Credits.ofMicros(start.micros());
    OffsetDateTime latest = now.plusMinutes(start.lifeMinutes());
    Run run =
        new Run(
            ++lastId,
            start.limited()
                ? ServiceFixture.service("limited", price, 2, now)
                : ServiceFixture.service("unlimited", price, null, now),
            user,
            "a story",
            now,
            outer.map(Run::deadline).filter(end -> end.isBefore(latest)).orElse(latest),
            Optional.ofNullable(start.key())
                .filter(key -> outer.isEmpty())
                .map(key -> new IdempotencyKey(user.id(), key, start.input())),
            outer);
    outer.ifPresent(by -> orders.computeIfAbsent(by, o -> new ArrayList<>()).add(run));
    return run;
  }

  private RunCommand finish(Run run, Finish finish) {
    Credits charge = Credits.ofMicros(run.price().micros() * finish.percent() / 100);
    RunEnd end =
        finish.succeeded()
            ? RunEnd.succeeded("a result", charge, 1)
            : RunEnd.failed(HttpProblem.of(503), charge, 1);
    return new RunCommand.Finish(
        run,
        end.with(inner(run, finish)),
        settlement -> new Answer(200, "text/plain", Told.receipt(settlement), false));
  }

  /** Of a run that succeeds for nothing, the first that it has ordered is one too many. */
  private InnerEnd inner(Run run, Finish finish) {
    List<Run> ordered = orders.getOrDefault(run, List.of());
    boolean isFirstOneTooMany = finish.succeeded() && finish.percent() == 0;
    return new InnerEnd(
        !ordered.isEmpty(),
        !finish.succeeded() && finish.percent() == 0,
        ordered.stream()
            .limit(isFirstOneTooMany ? 1 : 0)
            .map(Run::usageId)
            .collect(Collectors.toSet()));
  }
}
