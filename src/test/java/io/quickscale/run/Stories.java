package io.quickscale.run;

import io.quickscale.credit.GrantKind;
import io.quickscale.node.Interruption.Moment;
import io.quickscale.node.Transactions.Ending;
import io.quickscale.run.Step.Answering;
import io.quickscale.run.Step.Expire;
import io.quickscale.run.Step.Extend;
import io.quickscale.run.Step.Finish;
import io.quickscale.run.Step.Forget;
import io.quickscale.run.Step.Give;
import io.quickscale.run.Step.Meanwhile;
import io.quickscale.run.Step.Part;
import io.quickscale.run.Step.Pass;
import io.quickscale.run.Step.Refund;
import io.quickscale.run.Step.Start;
import io.quickscale.run.Step.Sweep;
import io.quickscale.run.Step.VoidGrant;
import io.quickscale.run.Step.Write;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Random stories, in which the rare things are frequent. */
final class Stories {
  static final int ACCOUNTS = 2;

  private Stories() {}

  /** Stories of up to so many steps. */
  static Arbitrary<List<Step>> upTo(int steps) {
    return Arbitraries.frequencyOf(
            Tuple.of(6, gives()),
            Tuple.of(14, batches()),
            Tuple.of(6, corrections()),
            Tuple.of(4, sweeps()),
            Tuple.of(3, times()),
            Tuple.of(6, interruptions()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(steps)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<Step> interruptions() {
    return Arbitraries.oneOf(
        anythingAfterReading(),
        anythingBeforeLocking(),
        anythingBetweenTransactions(),
        sameKeys(),
        endsOfTheSameRun());
  }

  private static Arbitrary<Step> anythingAfterReading() {
    return Combinators.combine(
            Arbitraries.oneOf(batches(), gives(), corrections(), sweeps()), batches())
        .as((other, step) -> new Meanwhile(Moment.KEYS_READ, other, step));
  }

  /** A sweep is no single step: it may have given up some runs before it is about to lock. */
  private static Arbitrary<Step> anythingBeforeLocking() {
    return Combinators.combine(
            Arbitraries.oneOf(batches(), corrections(), sweeps()),
            Arbitraries.oneOf(batches(), corrections(), Arbitraries.create(Expire::new)))
        .as((other, step) -> new Meanwhile(Moment.ABOUT_TO_LOCK, other, step));
  }

  /** Only the sweeper does more than one. */
  private static Arbitrary<Step> anythingBetweenTransactions() {
    return Arbitraries.oneOf(batches(), finishes().map(Write::of), corrections())
        .map(other -> new Meanwhile(Moment.BETWEEN_TRANSACTIONS, other, new Sweep()));
  }

  private static Arbitrary<Step> sameKeys() {
    return Combinators.combine(accounts(), amounts(9), endings())
        .as(
            (account, micros, ending) -> {
              Start start = new Start(account, micros, false, 3, "c", "x");
              return new Meanwhile(
                  Moment.KEYS_READ,
                  Write.of(start),
                  new Write(ending, List.of(new Start(account, 1, false, 3, null, "x"), start)));
            });
  }

  private static Arbitrary<Step> endsOfTheSameRun() {
    Arbitrary<Integer> back = Arbitraries.integers().between(0, 2);
    return back.flatMap(
        run ->
            Combinators.combine(ends(run), endsAtOnce(run))
                .as((other, step) -> new Meanwhile(Moment.ABOUT_TO_LOCK, other, step)));
  }

  private static Arbitrary<Step> ends(int run) {
    return Arbitraries.oneOf(endsAtOnce(run), Arbitraries.create(Sweep::new));
  }

  private static Arbitrary<Step> endsAtOnce(int run) {
    return Arbitraries.of(Write.of(new Finish(run, true, 50)), new Refund(Ending.COMMITTED, run));
  }

  private static Arbitrary<Step> gives() {
    return Combinators.combine(
            endings(),
            accounts(),
            Arbitraries.of(GrantKind.class),
            Arbitraries.integers().between(0, 2),
            amounts(60).filter(amount -> amount > 0),
            Arbitraries.longs().between(1, 8).injectNull(0.5))
        .as(Give::new);
  }

  private static Arbitrary<Step> batches() {
    Arbitrary<Part> parts =
        Arbitraries.frequencyOf(
            Tuple.of(8, starts()),
            Tuple.of(8, finishes()),
            Tuple.of(1, extensions()),
            Tuple.of(1, backs().map(Answering::new)));
    return Combinators.combine(endings(), parts.list().ofMinSize(1).ofMaxSize(4)).as(Write::new);
  }

  private static Arbitrary<Start> starts() {
    return Combinators.combine(
            accounts(),
            amounts(9),
            Arbitraries.of(false, true),
            Arbitraries.integers().between(1, 5),
            Arbitraries.of("a", "b").injectNull(0.4),
            Arbitraries.frequency(Tuple.of(4, "x"), Tuple.of(1, "y")),
            backs().injectNull(0.6),
            Arbitraries.frequency(Tuple.of(4, 1), Tuple.of(1, 2), Tuple.of(1, 3)))
        .as(Start::new);
  }

  private static Arbitrary<Extend> extensions() {
    return Combinators.combine(backs(), Arbitraries.integers().between(1, 6)).as(Extend::new);
  }

  private static Arbitrary<Integer> backs() {
    return Arbitraries.integers().between(0, 3);
  }

  private static Arbitrary<Finish> finishes() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(true, false),
            Arbitraries.oneOf(Arbitraries.of(0, 100), Arbitraries.integers().between(0, 100)))
        .as(Finish::new);
  }

  private static Arbitrary<Step> corrections() {
    return Arbitraries.oneOf(
        Combinators.combine(endings(), Arbitraries.integers().between(0, 3)).as(Refund::new),
        Combinators.combine(endings(), Arbitraries.integers().between(0, 4)).as(VoidGrant::new));
  }

  private static Arbitrary<Step> sweeps() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.create(Sweep::new)),
        Tuple.of(3, Arbitraries.create(Expire::new)),
        Tuple.of(1, Arbitraries.create(Forget::new)));
  }

  private static Arbitrary<Step> times() {
    return Arbitraries.frequencyOf(
            Tuple.of(25, Arbitraries.integers().between(1, 3)),
            Tuple.of(1, Arbitraries.of(49 * 60)))
        .map(Pass::new);
  }

  private static Arbitrary<Long> amounts(long most) {
    return Arbitraries.longs().between(0, most).withDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<Integer> accounts() {
    return Arbitraries.integers().between(1, ACCOUNTS);
  }

  private static Arbitrary<Ending> endings() {
    return Arbitraries.frequency(
        Tuple.of(7, Ending.COMMITTED),
        Tuple.of(1, Ending.DIES_BEFORE_COMMIT),
        Tuple.of(1, Ending.DIES_AFTER_COMMIT),
        Tuple.of(1, Ending.ANSWER_LOST));
  }
}
