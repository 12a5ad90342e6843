package io.quickscale.credit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of the ledger for one account once more, as simple and slow as can be, to compare the
 * real one with: it keeps what happened and adds everything up again for every question. Times are
 * minutes, amounts are micro-credits; what is refused returns false and has changed nothing.
 */
public final class NaiveLedger {
  private static final class Gift {
    boolean subscription;
    int priority;
    long amount;
    long endsAt;
    long givenAt;
    long takenAway;
    boolean voided;
  }

  private static final class Run {
    String state = "open";
    final Map<Long, Long> parts = new LinkedHashMap<>();
  }

  private final Map<Long, Gift> gifts = new LinkedHashMap<>();
  private final Map<Long, Run> runs = new LinkedHashMap<>();

  /** The time, which passes when it is set. */
  public long minute;

  /** Gives a grant that pays until a minute. */
  public void give(long id, boolean subscription, int priority, long amount, long endsAt) {
    Gift gift = new Gift();
    gift.subscription = subscription;
    gift.priority = priority;
    gift.amount = amount;
    gift.endsAt = endsAt;
    gift.givenAt = minute;
    gifts.put(id, gift);
  }

  /** Sets credits aside for a run. */
  public boolean hold(long runId, long amount) {
    if (amount > available()) {
      return false;
    }
    Run run = new Run();
    runs.put(runId, run);
    long missing = amount;
    while (missing > 0) {
      long payer = nextPayer();
      long part = Math.min(missing, left(payer));
      run.parts.put(payer, part);
      missing = missing - part;
    }
    return true;
  }

  /** Ends a run that pays; what it does not pay goes back. */
  public boolean settle(long runId, long charge) {
    Run run = runs.get(runId);
    if (run == null || !run.state.equals("open") || charge > cost(runId)) {
      return false;
    }
    run.state = "paid";
    long due = charge;
    for (long giftId : run.parts.keySet().toArray(Long[]::new)) {
      long part = run.parts.get(giftId);
      long paid = part < due ? part : due;
      run.parts.put(giftId, paid);
      due = due - paid;
      dropIfVoided(giftId);
    }
    return true;
  }

  /** Ends a run that pays nothing. */
  public boolean release(long runId) {
    Run run = runs.get(runId);
    if (run == null || !run.state.equals("open")) {
      return false;
    }
    run.state = "over";
    for (long giftId : run.parts.keySet()) {
      dropIfVoided(giftId);
    }
    return true;
  }

  /** Gives back what a run has paid. */
  public boolean refund(long runId) {
    Run run = runs.get(runId);
    if (run == null || !run.state.equals("paid")) {
      return false;
    }
    run.state = "over";
    for (Map.Entry<Long, Long> part : run.parts.entrySet()) {
      Gift gift = gifts.get(part.getKey());
      if (part.getValue() > 0 && (gift.voided || gift.endsAt <= minute)) {
        gift.takenAway += left(part.getKey());
      }
    }
    return true;
  }

  /** Takes back what is left of a gift. */
  public boolean voidGift(long giftId) {
    Gift gift = gifts.get(giftId);
    if (gift == null || gift.voided || gift.endsAt <= minute) {
      return false;
    }
    gift.voided = true;
    dropIfVoided(giftId);
    return true;
  }

  /** Writes off what is left of gifts whose time is over. */
  public void expire() {
    for (long giftId : gifts.keySet()) {
      if (gifts.get(giftId).endsAt <= minute) {
        gifts.get(giftId).takenAway += left(giftId);
      }
    }
  }

  /** What can be spent now. */
  public long available() {
    long sum = 0;
    for (long giftId : gifts.keySet()) {
      if (pays(giftId)) {
        sum = sum + left(giftId);
      }
    }
    return sum;
  }

  /** What a gift has neither spent nor set aside. */
  public long left(long giftId) {
    Gift gift = gifts.get(giftId);
    long left = gift.amount - gift.takenAway;
    for (Run run : runs.values()) {
      if (!run.state.equals("over") && run.parts.containsKey(giftId)) {
        left = left - run.parts.get(giftId);
      }
    }
    return left;
  }

  /** What a gift has set aside for runs that have not ended. */
  public long setAside(long giftId) {
    long sum = 0;
    for (Run run : runs.values()) {
      if (run.state.equals("open") && run.parts.containsKey(giftId)) {
        sum = sum + run.parts.get(giftId);
      }
    }
    return sum;
  }

  /** What a run has set aside or paid. */
  public long cost(long runId) {
    long sum = 0;
    if (runs.containsKey(runId)) {
      for (long part : runs.get(runId).parts.values()) {
        sum = sum + part;
      }
    }
    return sum;
  }

  /** What each gift has set aside for a run or paid of it. */
  public Map<Long, Long> parts(long runId) {
    Map<Long, Long> parts = new TreeMap<>(runs.get(runId).parts);
    parts.values().removeIf(part -> part == 0);
    return parts;
  }

  private boolean pays(long giftId) {
    Gift gift = gifts.get(giftId);
    return !gift.voided && minute < gift.endsAt && left(giftId) > 0;
  }

  private long nextPayer() {
    long best = -1;
    for (long giftId : gifts.keySet()) {
      if (pays(giftId) && (best < 0 || goesBefore(giftId, best))) {
        best = giftId;
      }
    }
    return best;
  }

  private boolean goesBefore(long oneId, long otherId) {
    Gift one = gifts.get(oneId);
    Gift other = gifts.get(otherId);
    if (one.subscription != other.subscription) {
      return one.subscription;
    }
    if (one.priority != other.priority) {
      return one.priority < other.priority;
    }
    if (one.endsAt != other.endsAt) {
      return one.endsAt < other.endsAt;
    }
    if (one.givenAt != other.givenAt) {
      return one.givenAt < other.givenAt;
    }
    return oneId < otherId;
  }

  private void dropIfVoided(long giftId) {
    if (gifts.get(giftId).voided) {
      gifts.get(giftId).takenAway += left(giftId);
    }
  }
}
