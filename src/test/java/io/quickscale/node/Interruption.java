package io.quickscale.node;

import java.util.function.Consumer;

/**
 * Another node that is faster: does something in the middle of what this one does, at a moment when
 * this one has read but holds no lock yet.
 */
public final class Interruption {
  private final Consumer<Runnable> elsewhere;
  private Moment moment;
  private Runnable otherNode;
  private boolean happened;

  /** When the other node comes in between. */
  public enum Moment {
    /** This one has looked whether a key is known. */
    KEYS_READ,
    /** This one has looked at what it wants to change, and is about to lock it. */
    ABOUT_TO_LOCK,
    /** This one has ended one of its transactions, and is about to begin the next. */
    BETWEEN_TRANSACTIONS
  }

  /**
   * @param elsewhere does work outside of the transaction that is going on
   */
  Interruption(Consumer<Runnable> elsewhere) {
    this.elsewhere = elsewhere;
  }

  /** Lets another node do something at the next such moment. */
  public void at(Moment when, Runnable work) {
    moment = when;
    otherNode = work;
    happened = false;
  }

  /** Lets no other node do anything. */
  public void none() {
    at(null, null);
  }

  /** Whether the moment has come, so that this node's transaction may fail. */
  public boolean happened() {
    return happened;
  }

  void reached(Moment now) {
    if (otherNode != null && moment == now) {
      Runnable work = otherNode;
      otherNode = null;
      elsewhere.accept(work);
      happened = true;
    }
  }
}
