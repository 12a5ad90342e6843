package io.quickscale.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What services say of how far their runs are, for those runs of this node that somebody watches;
 * of others it is not kept.
 */
@ApplicationScoped
public class RunProgress {
  private final Map<Long, Optional<Said>> watched = new ConcurrentHashMap<>();

  /** The last that was said, in the service's own units. */
  public record Said(long done, long total) {}

  /** From now on it is kept. */
  public void watch(long usageId) {
    watched.putIfAbsent(usageId, Optional.empty());
  }

  /** It is not kept any longer. */
  public void forget(long usageId) {
    watched.remove(usageId);
  }

  /** The last that was said; empty if nothing was, or nobody watches. */
  public Optional<Said> of(long usageId) {
    return watched.getOrDefault(usageId, Optional.empty());
  }

  void say(long usageId, long done, long total) {
    watched.computeIfPresent(usageId, (id, before) -> Optional.of(new Said(done, total)));
  }
}
