package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantKind;
import io.quickscale.credit.GrantShare;
import io.quickscale.db.Written;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Specializes;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.logging.Logger;

/**
 * The road of a run without the ledger: starts and ends return at once, nothing is held, written or
 * charged; the request, its checks, the service and the words of the answer are those of a paid
 * run. {@code ./scripts/bench} compares a paid run with it.
 *
 * <p>The bench adds this class to a copy of the WAR; it is in no other. Where it is, the
 * application does not start unless a system property says that this is a benchmark, and the
 * property alone switches nothing off.
 */
@Specializes
@ApplicationScoped
public class LedgerSwitchedOff extends RunWriter {
  static final String PROPERTY = "quickscale.bench.ledger-switched-off";
  private static final Logger LOG = Logger.getLogger(LedgerSwitchedOff.class.getName());
  private static final Credits REMAINING = Credits.parse("1000000");

  void requireBenchmark(@Observes @Initialized(ApplicationScoped.class) Object event) {
    if (!isBenchmark()) {
      throw new IllegalStateException(
          "This WAR was made by ./scripts/bench and charges nobody: deploy target/quickscale.war.");
    }
    LOG.warning(
        "THE LEDGER IS SWITCHED OFF for a benchmark: runs are neither charged nor recorded");
  }

  private static boolean isBenchmark() {
    return Boolean.getBoolean(PROPERTY);
  }

  @Override
  RunOutcome start(RunCommand.Start start) {
    if (!isBenchmark()) {
      throw new IllegalStateException("The ledger is switched off");
    }
    return new RunOutcome.Started(
        start.runs().stream().map(run -> OpenRun.of(run, List.of(share(run.price())))).toList());
  }

  @Override
  Settled finish(RunCommand.Finish finish) {
    OpenRun run = finish.run();
    RunEnd end = finish.end();
    OffsetDateTime now = time.now();
    Duration duration = Duration.between(run.startedAt(), now);
    List<GrantShare> paidFrom = List.of(share(end.charge()));
    return new Settled(run, end, paidFrom, REMAINING, now, duration, List.of());
  }

  @Override
  List<Written<Settled>> finishAll(List<RunCommand.Finish> ends) {
    return ends.stream().map(end -> new Written<>(finish(end), null)).toList();
  }

  private static GrantShare share(Credits credits) {
    return new GrantShare(1, GrantKind.PAY_AS_YOU_GO, credits);
  }
}
