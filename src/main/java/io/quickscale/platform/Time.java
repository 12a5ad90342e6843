package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The only source of the current time. UTC, in microseconds, as the databases store it. */
@ApplicationScoped
public class Time {
  private final Clock clock;

  /** For the container's proxy. */
  protected Time() {
    this(Clock.systemUTC());
  }

  @Inject
  public Time(Clock clock) {
    this.clock = clock;
  }

  /** For durations, in nanoseconds: not a time of day, and never set back. */
  public long nanos() {
    return System.nanoTime();
  }

  /** Now, in UTC. */
  public OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
  }
}
