package io.quickscale.credit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules of the ledger once more, as simple and slow as can be, to compare {@link AccountBook}
 * with: it keeps what happened and adds everything up again for every question. Times are minutes,
 * amounts are micro-credits.
 */
final class NaiveLedger {
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
  long minute;

  void give(long id, boolean subscription, int priority, long amount, long endsAt) {
    Gift gift = new Gift();
    gift.subscription = subscription;
    gift.priority = priority;
    gift.amount = amount;
    gift.endsAt = endsAt;
    gift.givenAt = minute;
    gifts.put(id, gift);
  }

  boolean hold(long runId, long amount) {
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

  boolean settle(long runId, long charge) {
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

  boolean release(long runId) {
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

  boolean refund(long runId) {
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

  boolean voidGift(long giftId) {
    Gift gift = gifts.get(giftId);
    if (gift == null || gift.voided) {
      return false;
    }
    gift.voided = true;
    dropIfVoided(giftId);
    return true;
  }

  void expire() {
    for (long giftId : gifts.keySet()) {
      if (gifts.get(giftId).endsAt <= minute) {
        gifts.get(giftId).takenAway += left(giftId);
      }
    }
  }

  long available() {
    long sum = 0;
    for (long giftId : gifts.keySet()) {
      if (pays(giftId)) {
        sum = sum + left(giftId);
      }
    }
    return sum;
  }

  /** What a gift has neither spent nor set aside. */
  long left(long giftId) {
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
  long setAside(long giftId) {
    long sum = 0;
    for (Run run : runs.values()) {
      if (run.state.equals("open") && run.parts.containsKey(giftId)) {
        sum = sum + run.parts.get(giftId);
      }
    }
    return sum;
  }

  /** What a run has set aside or paid. */
  long cost(long runId) {
    long sum = 0;
    if (runs.containsKey(runId)) {
      for (long part : runs.get(runId).parts.values()) {
        sum = sum + part;
      }
    }
    return sum;
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
