package io.quickscale.run;

import io.quickscale.credit.GrantKind;
import io.quickscale.node.InterruptedDatabase.Moment;
import io.quickscale.node.Transactions.Ending;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that happens in a {@link Story}. Which grant or run it happens to is said by counting
 * back: 0 is the latest one. A step about something that is not there does nothing.
 *
 * @param words how it is told when a story goes wrong; the code that makes it again
 */
record Step(String words, Consumer<Story> deed) {

  /** What a batch is made of: a run that starts, or one that ends. */
  sealed interface Write {}

  /**
   * A run that is to start.
   *
   * @param micros its price
   * @param limited whether the service lets a user have two runs of it at a time
   * @param lifeMinutes until its deadline
   * @param key its idempotency key; null for none
   * @param input what the key's fingerprint is made of
   */
  record Start(int account, long micros, boolean limited, int lifeMinutes, String key, String input)
      implements Write {
    @Override
    public String toString() {
      return "new Start(%d, %d, %s, %d, %s, %s)"
          .formatted(account, micros, limited, lifeMinutes, quoted(key), quoted(input));
    }
  }

  /** A run that ends, and the part of its price that is charged. */
  record Finish(int back, boolean succeeded, int percent) implements Write {
    @Override
    public String toString() {
      return "new Finish(%d, %s, %d)".formatted(back, succeeded, percent);
    }
  }

  /** A grant is given; for ever if the life is null. */
  static Step give(
      Ending ending, int account, GrantKind kind, int priority, long micros, Long lifeMinutes) {
    return new Step(
        "give(%s, %d, %s, %d, %d, %s)"
            .formatted(
                ending,
                account,
                kind,
                priority,
                micros,
                lifeMinutes == null ? null : lifeMinutes + "L"),
        story -> story.give(ending, account, kind, priority, micros, lifeMinutes));
  }

  /** Runs start and end in one transaction. */
  static Step write(Ending ending, Write... writes) {
    return write(ending, Arrays.asList(writes));
  }

  /** Runs start and end in one transaction. */
  static Step write(Ending ending, List<Write> writes) {
    return new Step(
        "write(%s, %s)"
            .formatted(ending, String.join(", ", writes.stream().map(Write::toString).toList())),
        story -> story.write(ending, writes));
  }

  /** A grant is voided. */
  static Step voidGrant(Ending ending, int back) {
    return new Step(
        "voidGrant(%s, %d)".formatted(ending, back), story -> story.voidGrant(ending, back));
  }

  /** A run is refunded. */
  static Step refund(Ending ending, int back) {
    return new Step("refund(%s, %d)".formatted(ending, back), story -> story.refund(ending, back));
  }

  /** The sweeper writes off expired grants. */
  static Step expire() {
    return new Step("expire()", Story::expire);
  }

  /** The sweeper gives up overdue runs. */
  static Step sweep() {
    return new Step("sweep()", Story::sweep);
  }

  /** The sweeper forgets old answers. */
  static Step forget() {
    return new Step("forget()", Story::forget);
  }

  /** Time passes. */
  static Step pass(int minutes) {
    return new Step("pass(%d)".formatted(minutes), story -> story.pass(minutes));
  }

  /** Another node does something in the middle of a step of this one. */
  static Step meanwhile(Moment moment, Step otherNode, Step step) {
    return new Step(
        "meanwhile(%s, %s, %s)".formatted(moment, otherNode, step),
        story -> story.meanwhile(moment, otherNode, step));
  }

  void happen(Story story) {
    deed.accept(story);
  }

  @Override
  public String toString() {
    return words;
  }

  private static String quoted(String text) {
    return text == null ? "null" : '"' + text + '"';
  }
}
