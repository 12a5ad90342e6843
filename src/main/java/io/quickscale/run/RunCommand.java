package io.quickscale.run;

import io.quickscale.db.Writes;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What the journal writes of orders and runs. */
sealed interface RunCommand {
  /** The account that pays. */
  long accountId();

  /**
   * Claims the order's idempotency key, holds the most that its runs can cost and opens them: all
   * of it or nothing.
   *
   * @param runs at least one
   * @param answer kept for the key at once; empty if it is only known when the runs have ended
   * @param alongside adds what else is written with it
   */
  record Start(Order order, List<Run> runs, Optional<Answer> answer, Consumer<Writes> alongside)
      implements RunCommand {
    Start(Order order, List<Run> runs) {
      this(order, runs, Optional.empty(), writes -> {});
    }

    @Override
    public long accountId() {
      return order.user().accountId();
    }
  }

  /**
   * Settles a run's hold and writes its record.
   *
   * @param reply of the last run of an order with an idempotency key
   * @param alongside adds what else is written with it
   */
  record Finish(OpenRun run, RunEnd end, Optional<Reply> reply, Alongside alongside)
      implements RunCommand {
    Finish(OpenRun run, RunEnd end, Optional<Reply> reply) {
      this(run, end, reply, Alongside.NOTHING);
    }

    /** Whether somebody will ask how it ended, however long it takes to be written. */
    boolean isAwaited() {
      return reply.isPresent() || alongside != Alongside.NOTHING;
    }

    @Override
    public long accountId() {
      return run.accountId();
    }
  }

  /**
   * The answer of an order of one, which is known when its run is settled.
   *
   * @param words puts the settlement into the answer that is kept
   */
  record Reply(IdempotencyKey key, Function<Settled, Answer> words) {}

  /** Keeps the answer of an order of many for its idempotency key. */
  record AnswerOrder(long accountId, long orderId, IdempotencyKey key, Answer answer)
      implements RunCommand {}

  /** Gives what still runs of an order more time. Refused if nothing does. */
  record Extend(long accountId, long orderId, OffsetDateTime deadline) implements RunCommand {}

  /**
   * Gives up a run: returns its credits and what the runs within it cost, and frees its order's
   * idempotency key if nothing of the order was done. Refused if it has ended, or has been given
   * more time meanwhile.
   */
  record Abandon(OpenRun run) implements RunCommand {
    @Override
    public long accountId() {
      return run.accountId();
    }
  }
}
