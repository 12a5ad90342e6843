package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests that this node has taken and not answered yet. Servers cut them off when they stop.
 */
@ApplicationScoped
public class RequestsInFlight {
  private final AtomicInteger count = new AtomicInteger();

  /** A request has come. */
  public void begin() {
    count.incrementAndGet();
  }

  /** A request has been answered. */
  public void end() {
    count.decrementAndGet();
  }

  int count() {
    return count.get();
  }
}
