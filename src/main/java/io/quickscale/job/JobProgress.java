package io.quickscale.job;

import java.util.Optional;

/**
 * How far a job is.
 *
 * @param done items that have ended, in whatever way
 * @param failed those of them that failed
 * @param total all items
 * @param ofRun what the service says of its work, for a job of one run
 */
public record JobProgress(int done, int failed, int total, Optional<Share> ofRun) {
  /** A part of a whole, in the service's own units. */
  public record Share(long done, long total) {}
}
