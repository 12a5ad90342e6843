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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes commands for the journal of what a story says, and remembers which runs can end. */
final class RunsToWrite {
  private final List<Long> accounts;
  private final List<Run> started = new ArrayList<>();
  private long lastId;

  RunsToWrite(List<Long> accounts) {
    this.accounts = accounts;
  }

  /** The commands; a run that is there can end once in a batch. */
  List<RunCommand> commands(List<Part> parts, OffsetDateTime now) {
    List<RunCommand> commands = new ArrayList<>();
    Set<Run> ending = new HashSet<>();
    for (Part part : parts) {
      if (part instanceof Start start) {
        commands.add(new RunCommand.Start(run(start, now)));
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

  private Run run(Start start, OffsetDateTime now) {
    ServiceUser user =
        new ServiceUser(start.account(), accounts.get(start.account() - 1), "ann@example.com");
    Credits price = Credits.ofMicros(start.micros());
    return new Run(
        ++lastId,
        start.limited()
            ? ServiceFixture.service("limited", price, 2, now)
            : ServiceFixture.service("unlimited", price, null, now),
        user,
        "a story",
        now,
        now.plusMinutes(start.lifeMinutes()),
        Optional.ofNullable(start.key())
            .map(key -> new IdempotencyKey(user.id(), key, start.input())));
  }

  private static RunCommand finish(Run run, Finish finish) {
    Credits charge = Credits.ofMicros(run.price().micros() * finish.percent() / 100);
    RunEnd end =
        finish.succeeded()
            ? RunEnd.succeeded("a result", charge, 1)
            : RunEnd.failed(HttpProblem.of(503), charge, 1);
    return new RunCommand.Finish(
        run, end, settlement -> new Answer(200, "text/plain", Told.receipt(settlement), false));
  }
}
