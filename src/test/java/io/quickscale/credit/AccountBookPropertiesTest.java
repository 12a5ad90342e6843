package io.quickscale.credit;

import static io.quickscale.credit.MemoryLedger.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.credit.LedgerCommand.Expire;
import io.quickscale.credit.LedgerCommand.Give;
import io.quickscale.credit.LedgerCommand.VoidGrant;
import io.quickscale.credit.LedgerCommand.Wanted;
import io.quickscale.credit.LedgerOutcome.Refused;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever is asked of an account, in whatever order, at whatever times: it does what {@link
 * NaiveLedger} does, and its books balance after every single step.
 */
class AccountBookPropertiesTest {
  private static final long NEVER = Long.MAX_VALUE;

  /** Something that happens to both ledgers. */
  interface Step {
    void happen(Both both);
  }

  @Property(tries = 2000)
  void theBookAgreesWithTheNaiveLedgerAndAlwaysBalances(@ForAll("stories") List<Step> story) {
    Both both = new Both();
    for (Step step : story) {
      step.happen(both);
      both.check();
    }
  }

  @Provide
  Arbitrary<List<Step>> stories() {
    Arbitrary<Long> grantIds = Arbitraries.longs().between(1, 8);
    Arbitrary<Long> runIds = Arbitraries.longs().between(1, 12);
    Arbitrary<Long> amounts =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.longs().between(0, 12).map(credits -> credits * 1_000_000)),
            Tuple.of(2, Arbitraries.longs().between(0, 20_000_000)),
            Tuple.of(1, Arbitraries.of(0L, 1L)));
    Arbitrary<Step> give =
        Combinators.combine(
                Arbitraries.of(GrantKind.class),
                Arbitraries.integers().between(0, 2),
                amounts,
                Arbitraries.oneOf(Arbitraries.just(NEVER), Arbitraries.longs().between(1, 8)))
            .as((kind, priority, amount, life) -> both -> both.give(kind, priority, amount, life));
    Arbitrary<Step> hold =
        amounts.list().ofMinSize(1).ofMaxSize(3).map(order -> both -> both.hold(order));
    Arbitrary<Step> settle =
        Combinators.combine(runIds, Arbitraries.integers().between(0, 110))
            .as((run, percent) -> both -> both.settle(run, percent));
    Arbitrary<Step> release = runIds.map(run -> both -> both.release(run));
    Arbitrary<Step> refund = runIds.map(run -> both -> both.refund(run));
    Arbitrary<Step> voiding = grantIds.map(grant -> both -> both.voidGrant(grant));
    Arbitrary<Step> expire = Arbitraries.just(Both::expire);
    Arbitrary<Step> wait =
        Arbitraries.longs().between(1, 3).map(minutes -> both -> both.pass(minutes));
    return Arbitraries.frequencyOf(
            Tuple.of(4, give),
            Tuple.of(6, hold),
            Tuple.of(5, settle),
            Tuple.of(2, release),
            Tuple.of(2, refund),
            Tuple.of(1, voiding),
            Tuple.of(1, expire),
            Tuple.of(3, wait))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  /** The book and the model, asked the same things. Grants and runs count from 1. */
  private static final class Both {
    private final MemoryLedger book = new MemoryLedger();
    private final NaiveLedger model = new NaiveLedger();
    private long lastGrant;
    private long lastRun;
    private long settledMicros;

    void give(GrantKind kind, int priority, long amount, long lifeMinutes) {
      long id = ++lastGrant;
      long endsAt = lifeMinutes == NEVER ? NEVER : model.minute + lifeMinutes;
      OffsetDateTime expiresAt = endsAt == NEVER ? null : START.plusMinutes(endsAt);
      same(
          new Give(
              MemoryLedger.ACCOUNT,
              id,
              kind,
              priority,
              Credits.ofMicros(amount),
              Optional.ofNullable(expiresAt),
              "a gift"),
          true,
          () -> model.give(id, kind == GrantKind.SUBSCRIPTION, priority, amount, endsAt));
    }

    /** An order of several runs is held whole or not at all. */
    void hold(List<Long> order) {
      boolean fits = order.stream().mapToLong(Long::longValue).sum() <= model.available();
      List<Wanted> wanted = new ArrayList<>();
      for (long amount : order) {
        wanted.add(new Wanted(++lastRun, Credits.ofMicros(amount)));
        assertThat(!fits || model.hold(lastRun, amount)).isTrue();
      }
      same(() -> book.placeHolds(wanted.toArray(Wanted[]::new)), fits);
    }

    void settle(long run, int percent) {
      long charge = model.cost(run) * percent / 100;
      boolean expected = model.settle(run, charge);
      same(() -> book.settle(run, Credits.ofMicros(charge)), expected);
      settledMicros += expected ? charge : 0;
    }

    void release(long run) {
      same(() -> book.release(run), model.release(run));
    }

    void refund(long run) {
      boolean hasCost = model.cost(run) > 0;
      same(() -> book.refund(run), model.refund(run) && hasCost);
    }

    void voidGrant(long grant) {
      same(new VoidGrant(MemoryLedger.ACCOUNT, grant, "a mistake"), model.voidGift(grant));
    }

    void expire() {
      same(new Expire(MemoryLedger.ACCOUNT), true, model::expire);
    }

    void pass(long minutes) {
      book.pass(Duration.ofMinutes(minutes));
      model.minute += minutes;
    }

    private void same(LedgerCommand command, boolean applied, Runnable inModel) {
      inModel.run();
      same(command, applied);
    }

    private void same(LedgerCommand command, boolean applied) {
      same(() -> book.apply(command), applied);
    }

    private void same(Supplier<LedgerOutcome> command, boolean applied) {
      String before = book.state();
      LedgerOutcome outcome = command.get();
      assertThat(!(outcome instanceof Refused)).as("applied: %s", outcome).isEqualTo(applied);
      if (!applied) {
        assertThat(book.state()).as("a refused command changes nothing").isEqualTo(before);
      }
    }

    void check() {
      assertThat(book.available().micros()).as("available").isEqualTo(model.available());
      for (CreditGrant grant : book.grants) {
        long remaining = grant.remaining().micros();
        long held = grant.held().micros();
        assertThat(remaining).as("remaining").isEqualTo(model.left(grant.id())).isNotNegative();
        assertThat(held).as("held").isEqualTo(model.setAside(grant.id())).isNotNegative();
        assertThat(remaining + held).as("rows of the grant").isEqualTo(moved(grant.id()));
        assertThat(held).as("open holds on the grant").isEqualTo(heldByHolds(grant.id()));
      }
      assertThat(charged()).as("charges").isEqualTo(settledMicros);
    }

    private long moved(long grantId) {
      return book.rows.stream()
          .filter(row -> row.grantId() == grantId)
          .mapToLong(CreditTransaction::amountMicros)
          .sum();
    }

    private long heldByHolds(long grantId) {
      return book.holds.values().stream()
          .flatMap(hold -> hold.shares().stream())
          .filter(share -> share.grantId() == grantId)
          .mapToLong(share -> share.credits().micros())
          .sum();
    }

    private long charged() {
      return -book.rows.stream()
          .filter(row -> row.kind() == TransactionKind.CHARGE)
          .mapToLong(CreditTransaction::amountMicros)
          .sum();
    }
  }
}
