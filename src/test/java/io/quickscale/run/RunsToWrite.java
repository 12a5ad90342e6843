package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.problem.HttpProblem;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.ServiceFixture;
import io.quickscale.run.RunCommand.AnswerOrder;
import io.quickscale.run.RunCommand.Reply;
import io.quickscale.run.Step.Answering;
import io.quickscale.run.Step.Extend;
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
import java.util.stream.Stream;

/** Makes commands for the journal of what a story says, and remembers which runs can end. */
final class RunsToWrite {
  private final List<Long> accounts;
  private final List<Started> started = new ArrayList<>();
  private final Map<Run, List<Run>> orders = new HashMap<>();
  private long lastId;

  /** A run whose node knows that it has started. */
  private record Started(Run run, OpenRun open, int runsOfOrder) {}

  RunsToWrite(List<Long> accounts) {
    this.accounts = accounts;
  }

  /** The commands; a run that is there can end once in a group, and orders nothing after that. */
  List<RunCommand> commands(List<Part> parts, OffsetDateTime now) {
    List<RunCommand> commands = new ArrayList<>();
    Set<Run> ending = new HashSet<>();
    for (Part part : parts) {
      if (part instanceof Start start) {
        Optional<Run> outer = outer(start);
        if (outer.filter(ending::contains).isEmpty()) {
          commands.add(start(start, outer, now));
        }
      } else if (part instanceof Finish finish) {
        started(finish.back())
            .filter(one -> ending.add(one.run()))
            .ifPresent(one -> commands.add(finish(one, finish)));
      } else if (part instanceof Extend extend) {
        started(extend.back())
            .map(one -> extend(one.run().order(), now.plusMinutes(extend.minutes())))
            .ifPresent(commands::add);
      } else if (part instanceof Answering answering) {
        started(answering.back()).flatMap(RunsToWrite::answer).ifPresent(commands::add);
      }
    }
    return commands;
  }

  /** Remembers the runs whose node knows that they have started. */
  void started(List<RunCommand> commands, List<RunOutcome> outcomes) {
    for (int i = 0; i < commands.size(); i++) {
      if (outcomes.get(i) instanceof RunOutcome.Started opened) {
        List<Run> runs = ((RunCommand.Start) commands.get(i)).runs();
        for (int n = 0; n < runs.size(); n++) {
          started.add(new Started(runs.get(n), opened.runs().get(n), runs.size()));
        }
      }
    }
  }

  private Optional<Started> started(int back) {
    return back < started.size()
        ? Optional.of(started.get(started.size() - 1 - back))
        : Optional.empty();
  }

  private Optional<Run> outer(Start start) {
    return Optional.ofNullable(start.within()).flatMap(this::started).map(Started::run);
  }

  private RunCommand start(Start start, Optional<Run> outer, OffsetDateTime now) {
    ServiceUser user =
        outer
            .map(Run::user)
            .orElseGet(
                () ->
                    new ServiceUser(
                        start.account(), accounts.get(start.account() - 1), "ann@example.com"));
    OffsetDateTime latest = now.plusMinutes(start.lifeMinutes());
    Order order =
        new Order(
            lastId + 1,
            user,
            Optional.of(77L),
            Optional.ofNullable(start.key())
                .filter(key -> outer.isEmpty())
                .map(key -> new IdempotencyKey(user.id(), key, start.input())),
            "a story",
            now,
            outer
                .map(run -> run.order().deadline())
                .filter(end -> end.isBefore(latest))
                .orElse(latest),
            outer,
            Optional.empty());
    RegisteredService service = service(start, now);
    List<Run> runs =
        Stream.generate(() -> new Run(++lastId, order, service)).limit(start.runs()).toList();
    outer.ifPresent(by -> orders.computeIfAbsent(by, o -> new ArrayList<>()).addAll(runs));
    return new RunCommand.Start(order, runs);
  }

  private static RegisteredService service(Start start, OffsetDateTime now) {
    Credits price = Credits.ofMicros(start.micros());
    return start.limited()
        ? ServiceFixture.service("limited", price, 2, now)
        : ServiceFixture.service("unlimited", price, null, now);
  }

  private RunCommand finish(Started one, Finish finish) {
    Run run = one.run();
    Credits charge = Credits.ofMicros(run.price().micros() * finish.percent() / 100);
    RunEnd end =
        finish.succeeded()
            ? RunEnd.succeeded("a result", charge, 1)
            : RunEnd.failed(HttpProblem.of(503), charge, 1);
    return new RunCommand.Finish(
        one.open(),
        end.with(inner(run, finish)),
        run.order()
            .key()
            .filter(key -> one.runsOfOrder() == 1)
            .map(
                key ->
                    new Reply(
                        key,
                        settled -> new Answer(200, "text/plain", Told.receipt(settled), false))));
  }

  /** Of an order of many; one of one is answered when its run ends. */
  private static Optional<RunCommand> answer(Started one) {
    Order order = one.run().order();
    return order
        .key()
        .filter(key -> one.runsOfOrder() > 1)
        .map(
            key ->
                new AnswerOrder(
                    order.user().accountId(),
                    order.id(),
                    key,
                    new Answer(200, "text/plain", "order " + order.id(), false)));
  }

  private static RunCommand extend(Order order, OffsetDateTime deadline) {
    return new RunCommand.Extend(order.user().accountId(), order.id(), deadline);
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
