package io.quickscale.job;

import io.quickscale.platform.LiveValue;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/** What operators set for jobs; it counts as it is when it is used. */
@ApplicationScoped
class JobSettings {
  private static final int DEFAULT_MAX_ITEMS = 10_000;
  private static final int DEFAULT_RUNNING = 2;
  private static final int DEFAULT_WAITING = 100;
  private static final Duration DEFAULT_SLICE = Duration.ofSeconds(30);
  private static final Duration DEFAULT_KEPT = Duration.ofDays(7);
  private static final Duration DEFAULT_LONG_WAIT = Duration.ofMinutes(15);

  @Inject Config config;

  private LiveValue<Integer> maxItems;
  private LiveValue<Integer> running;
  private LiveValue<Integer> waiting;
  private LiveValue<Duration> slice;
  private LiveValue<Duration> kept;
  private LiveValue<Duration> longWait;

  @PostConstruct
  void configure() {
    maxItems = number("max-items");
    running = number("running-per-user");
    waiting = number("waiting-per-user");
    slice = duration("time-slice");
    kept = duration("keep-results");
    longWait = duration("long-wait");
  }

  /** The most items of a job. */
  int maxItems() {
    return maxItems.orElse(DEFAULT_MAX_ITEMS);
  }

  /** The most jobs of a user that have their turn at a time. */
  int running() {
    return running.orElse(DEFAULT_RUNNING);
  }

  /** The most jobs of a user that wait. */
  int waiting() {
    return waiting.orElse(DEFAULT_WAITING);
  }

  /** How long a job keeps its place on a node while others wait for one. */
  Duration slice() {
    return slice.orElse(DEFAULT_SLICE);
  }

  /** How long results can be fetched after the end. */
  Duration kept() {
    return kept.orElse(DEFAULT_KEPT);
  }

  /** After this time a job that waits is worth an operator's look. */
  Duration longWait() {
    return longWait.orElse(DEFAULT_LONG_WAIT);
  }

  private LiveValue<Integer> number(String name) {
    return new LiveValue<>(
        config, "quickscale.job." + name, Integer.class, n -> n > 0, "a number, 1 or more");
  }

  private LiveValue<Duration> duration(String name) {
    return new LiveValue<>(
        config,
        "quickscale.job." + name,
        Duration.class,
        time -> time.compareTo(Duration.ZERO) > 0,
        "a duration above zero, PT30S for example");
  }
}
