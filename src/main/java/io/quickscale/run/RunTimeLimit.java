package io.quickscale.run;

import io.quickscale.platform.LiveValue;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * The most time that operators give a run of a service, with its retries and its fallback. It can
 * be changed while runs go on, which a service's {@code @Timeout} cannot on every server; of both,
 * the shorter counts.
 */
@ApplicationScoped
class RunTimeLimit {
  private static final String PROPERTY = "quickscale.service.%s.run-timeout";
  private static final Duration LONGEST = Duration.ofDays(1);

  /** A retry after the interrupted attempt is to end as fast. */
  private static final long AGAIN_MILLIS = 100;

  @Resource ManagedScheduledExecutorService scheduler;
  @Inject Config config;

  private final Map<String, LiveValue<Duration>> limits = new ConcurrentHashMap<>();

  /**
   * Does the work of a run in this thread, which is interrupted when the time is over.
   *
   * @throws TimeoutException it has taken longer, even if there is a result now
   */
  <T> T within(String service, Callable<T> work) throws Exception {
    Optional<Duration> limit = limits.computeIfAbsent(service, this::limit).get();
    return limit.isPresent() ? within(limit.get(), work) : work.call();
  }

  private LiveValue<Duration> limit(String service) {
    return new LiveValue<>(
        config,
        PROPERTY.formatted(service),
        Duration.class,
        limit -> limit.toMillis() > 0 && limit.compareTo(LONGEST) <= 0,
        "an ISO-8601 duration from PT0.001S to " + LONGEST);
  }

  private <T> T within(Duration limit, Callable<T> work) throws Exception {
    Watch watch = new Watch(Thread.currentThread());
    Future<?> ticks =
        scheduler.scheduleAtFixedRate(
            watch::expire, limit.toMillis(), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    T result;
    try {
      result = work.call();
    } catch (Exception e) {
      throw watch.hasExpired() ? new TimeoutException(e) : e;
    } finally {
      watch.end();
      ticks.cancel(false);
    }
    if (watch.hasExpired()) {
      throw new TimeoutException("The run has taken longer than " + limit);
    }
    return result;
  }

  /** Interrupts a thread until it has ended what it does, and never after that. */
  private static final class Watch {
    private final Thread thread;
    private boolean expired;
    private boolean ended;

    Watch(Thread thread) {
      this.thread = thread;
    }

    synchronized void expire() {
      if (!ended) {
        expired = true;
        thread.interrupt();
      }
    }

    synchronized void end() {
      ended = true;
    }

    synchronized boolean hasExpired() {
      return expired;
    }
  }
}
