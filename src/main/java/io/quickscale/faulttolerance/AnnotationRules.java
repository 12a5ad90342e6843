package io.quickscale.faulttolerance;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which values the members of a Fault Tolerance annotation may have: those that MicroProfile allows
 * and that each server takes alike.
 */
public final class AnnotationRules {
  private final AnnotationMembers members;
  private final List<Mistake> mistakes = new ArrayList<>();

  private AnnotationRules(AnnotationMembers members) {
    this.members = members;
  }

  /** What is wrong with the values; nothing if the annotation is none of Fault Tolerance. */
  public static List<Mistake> mistakes(AnnotationMembers members) {
    AnnotationRules rules = new AnnotationRules(members);
    switch (members.annotation()) {
      case "Timeout" -> rules.checkTimeout();
      case "Retry" -> rules.checkRetry();
      case "CircuitBreaker" -> rules.checkCircuitBreaker();
      case "Bulkhead" -> rules.checkBulkhead();
      default -> {
        // Has no numbers.
      }
    }
    return rules.mistakes;
  }

  /** MicroProfile allows 0, which is no limit on one server and no time at all on another. */
  private void checkTimeout() {
    atLeast("value", 1000, 1);
    checkTime("value", 1000, "unit");
  }

  private void checkRetry() {
    atLeast("maxRetries", 3, -1);
    boolean positive = atLeast("delay", 0, 0) & atLeast("maxDuration", 180_000, 0);
    atLeast("jitter", 200, 0);
    boolean exact = checkTime("delay", 0, "delayUnit");
    exact &= checkTime("maxDuration", 180_000, "durationUnit");
    checkTime("jitter", 200, "jitterDelayUnit");
    if (positive && exact) {
      checkMaxDuration();
    }
  }

  /** Payara compares the numbers and not the times, and refuses 0 for "no limit". */
  private void checkMaxDuration() {
    Optional<Number> delay = members.number("delay", 0);
    Optional<Number> most = members.number("maxDuration", 180_000);
    if (delay.isEmpty() || most.isEmpty()) {
      return;
    }
    if (most.get().longValue() <= delay.get().longValue() || !isLongerThanDelay()) {
      mistake(
          "has the maxDuration %s, which must be more than the delay %s, as a time and as a number"
              .formatted(written(most, "durationUnit"), written(delay, "delayUnit")),
          "Give both in the same unit, and maxDuration the greater number");
    }
  }

  private boolean isLongerThanDelay() {
    Optional<Duration> delay = members.duration("delay", 0, "delayUnit");
    Optional<Duration> most = members.duration("maxDuration", 180_000, "durationUnit");
    return delay.isEmpty() || most.isEmpty() || most.get().compareTo(delay.get()) > 0;
  }

  private String written(Optional<Number> amount, String unitMember) {
    return amount.map(Number::toString).orElse("")
        + members.unit(unitMember).map(unit -> " " + unit.name()).orElse("");
  }

  private void checkCircuitBreaker() {
    atLeast("delay", 5000, 0);
    checkTime("delay", 5000, "delayUnit");
    atLeast("requestVolumeThreshold", 20, 1);
    atLeast("successThreshold", 1, 1);
    members
        .number("failureRatio", 0.5)
        .filter(ratio -> !(ratio.doubleValue() >= 0 && ratio.doubleValue() <= 1))
        .ifPresent(
            ratio -> mistake("has the failureRatio " + ratio, "Give a number from 0.0 to 1.0"));
  }

  /** MicroProfile allows a queue of 0, which WildFly refuses. */
  private void checkBulkhead() {
    atLeast("value", 10, 1);
    atLeast("waitingTaskQueue", 10, 1);
  }

  private boolean atLeast(String member, long defaultValue, long least) {
    Optional<Number> wrong =
        members.number(member, defaultValue).filter(value -> value.longValue() < least);
    wrong.ifPresent(
        value -> mistake("has the %s %s".formatted(member, value), "Give at least " + least));
    return wrong.isEmpty();
  }

  /** Some servers count in milliseconds and drop what is less. */
  private boolean checkTime(String member, long defaultValue, String unitMember) {
    try {
      Optional<Duration> time = members.duration(member, defaultValue, unitMember);
      if (time.isEmpty() || Duration.ofMillis(time.get().toMillis()).equals(time.get())) {
        return true;
      }
      mistake(
          "has a %s that is no number of whole milliseconds".formatted(member),
          "Give it in MILLIS");
    } catch (DateTimeException e) {
      mistake(
          "has the %s %s, which is of no exact length"
              .formatted(unitMember, members.unit(unitMember).orElse(ChronoUnit.FOREVER).name()),
          "Use DAYS or a shorter one");
    } catch (ArithmeticException e) {
      mistake("has a %s that is too long to be counted".formatted(member), "Give a shorter time");
    }
    return false;
  }

  private void mistake(String what, String remedy) {
    mistakes.add(new Mistake("@" + members.annotation() + " " + what, remedy));
  }
}
