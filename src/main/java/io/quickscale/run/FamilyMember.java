package io.quickscale.run;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;

/** A run within one that ends, and what becomes of it in the same transaction. */
final class FamilyMember {
  private final OpenRun open;
  private InnerRun state;
  private EndedRun abandoned;
  private boolean givenBack;

  private FamilyMember(OpenRun open, InnerRun state) {
    this.open = open;
    this.state = state;
  }

  /** One that had ended before. */
  static FamilyMember ended(InnerRun state) {
    return new FamilyMember(null, state);
  }

  /** One that this transaction ends. */
  static FamilyMember ending(OpenRun open) {
    return new FamilyMember(open, InnerRun.of(open));
  }

  long usageId() {
    return state.usageId();
  }

  InnerRun state() {
    return state;
  }

  OpenRun openRun() {
    return open;
  }

  /** Whether this transaction ends it. */
  boolean endsHere() {
    return open != null;
  }

  /** Whether one of these runs has ordered it. */
  boolean isOrderedBy(Collection<Long> usageIds) {
    return state.parentId() != null && usageIds.contains(state.parentId());
  }

  /** The record of one that was given up here. */
  Optional<EndedRun> abandoned() {
    return Optional.ofNullable(abandoned);
  }

  /** It has come to its own end. */
  void ended(EndedRun ended) {
    state = ended.asInner();
  }

  void abandon(OffsetDateTime now) {
    abandoned = EndedRun.abandoned(open, now);
    state = abandoned.asInner();
  }

  void giveBack() {
    givenBack = true;
    state = state.givenBack();
  }

  /** Whether it was given back here what it had cost. */
  boolean isGivenBack() {
    return givenBack;
  }
}
