package io.quickscale.run;

import io.quickscale.credit.GrantKind;
import io.quickscale.node.Interruption.Moment;
import io.quickscale.node.Transactions.Ending;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that happens in a {@link Story}. Which grant or run it happens to is said by counting
 * back: 0 is the latest one. A step about something that is not there does nothing.
 */
sealed interface Step {
  void happen(Story story);

  /** Steps that may show the same with less in them; see {@link Shortening}. */
  default List<Step> simpler() {
    return List.of();
  }

  /** A grant is given; for ever if the life is null. */
  record Give(
      Ending ending, int account, GrantKind kind, int priority, long micros, Long lifeMinutes)
      implements Step {
    @Override
    public void happen(Story story) {
      story.give(this);
    }

    @Override
    public List<Step> simpler() {
      return List.of(
          new Give(Ending.COMMITTED, account, kind, priority, micros, lifeMinutes),
          new Give(ending, account, GrantKind.ADMIN, 0, micros, lifeMinutes),
          new Give(ending, account, kind, priority, micros, null));
    }
  }

  /** Runs start and end, in one transaction. */
  record Write(Ending ending, List<Part> parts) implements Step {
    /** One transaction that is committed. */
    static Step of(Part... parts) {
      return new Write(Ending.COMMITTED, List.of(parts));
    }

    @Override
    public void happen(Story story) {
      story.write(this);
    }

    @Override
    public List<Step> simpler() {
      List<Step> simpler = new ArrayList<>();
      simpler.add(new Write(Ending.COMMITTED, parts));
      Shortening.simpler(parts, Part::simpler).forEach(p -> simpler.add(new Write(ending, p)));
      return simpler;
    }
  }

  /** What happens to an order or a run. */
  sealed interface Part {
    /** Others that may show the same. */
    List<Part> simpler();
  }

  /**
   * An order that is to start.
   *
   * @param micros the price of each of its runs
   * @param limited whether the service lets a user have two runs of it at a time
   * @param lifeMinutes until its deadline
   * @param key its idempotency key; null for none
   * @param input what the key's fingerprint is made of
   * @param within the run that orders it, counted back; it is of that run's account then, and has
   *     no key. Null for none
   * @param runs how many it has
   */
  record Start(
      int account,
      long micros,
      boolean limited,
      int lifeMinutes,
      String key,
      String input,
      Integer within,
      int runs)
      implements Part {
    Start(int account, long micros, boolean limited, int lifeMinutes, String key, String input) {
      this(account, micros, limited, lifeMinutes, key, input, null, 1);
    }

    /** One run that another one orders. */
    static Start within(long micros, int back) {
      return new Start(1, micros, false, 1, null, "x", back, 1);
    }

    @Override
    public List<Part> simpler() {
      return List.of(
          new Start(account, Math.min(micros, 2), limited, lifeMinutes, key, input, within, runs),
          new Start(account, micros, false, lifeMinutes, key, input, within, runs),
          new Start(account, micros, limited, lifeMinutes, null, "x", within, runs),
          new Start(account, micros, limited, lifeMinutes, key, input, null, runs),
          new Start(account, micros, limited, lifeMinutes, key, input, within, 1));
    }
  }

  /** The order of a run gets its answer. */
  record Answering(int back) implements Part {
    @Override
    public List<Part> simpler() {
      return List.of(new Answering(0));
    }
  }

  /** What goes on of the order of a run gets time until so many minutes from now. */
  record Extend(int back, int minutes) implements Part {
    @Override
    public List<Part> simpler() {
      return List.of(new Extend(0, minutes), new Extend(back, 1));
    }
  }

  /** A run that ends, and the part of its price that is charged. */
  record Finish(int back, boolean succeeded, int percent) implements Part {
    @Override
    public List<Part> simpler() {
      return List.of(
          new Finish(0, succeeded, percent),
          new Finish(back, true, percent),
          new Finish(back, succeeded, 100));
    }
  }

  /** A grant is voided. */
  record VoidGrant(Ending ending, int back) implements Step {
    @Override
    public void happen(Story story) {
      story.voidGrant(this);
    }
  }

  /** A run is refunded. */
  record Refund(Ending ending, int back) implements Step {
    @Override
    public void happen(Story story) {
      story.refund(this);
    }
  }

  /** The sweeper writes off expired grants. */
  record Expire() implements Step {
    @Override
    public void happen(Story story) {
      story.expire();
    }
  }

  /** The sweeper gives up overdue runs. */
  record Sweep() implements Step {
    @Override
    public void happen(Story story) {
      story.sweep();
    }
  }

  /** The sweeper forgets old answers. */
  record Forget() implements Step {
    @Override
    public void happen(Story story) {
      story.forget();
    }
  }

  /** Time passes. */
  record Pass(int minutes) implements Step {
    @Override
    public void happen(Story story) {
      story.pass(minutes);
    }
  }

  /** Another node does something in the middle of a step of this one. */
  record Meanwhile(Moment moment, Step otherNode, Step step) implements Step {
    @Override
    public void happen(Story story) {
      story.meanwhile(this);
    }

    @Override
    public List<Step> simpler() {
      List<Step> simpler = new ArrayList<>(List.of(otherNode, step));
      otherNode.simpler().forEach(other -> simpler.add(new Meanwhile(moment, other, step)));
      step.simpler().forEach(other -> simpler.add(new Meanwhile(moment, otherNode, other)));
      return simpler;
    }
  }
}
