package io.quickscale.platform;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Walks through what is to be done in the order of its key, each once a walk: what cannot be done
 * now does not keep back what comes behind it. A walk that takes too long stops, and the next one
 * goes on there; after the end it begins at the beginning. For one thread at a time.
 */
public final class KeyWalk<T> {
  private final Duration longest;
  private Optional<T> reached = Optional.empty();

  /**
   * @param longest after this time nothing more is begun
   */
  public KeyWalk(Duration longest) {
    this.longest = longest;
  }

  /**
   * Walks.
   *
   * @param next the next few behind one, in the order of the key; the first few behind none
   * @param work does one; false if that was not possible
   * @return how many were done
   */
  public int go(Time time, Function<Optional<T>, List<T>> next, Predicate<T> work) {
    OffsetDateTime end = time.now().plus(longest);
    int done = 0;
    List<T> found = next.apply(reached);
    while (!found.isEmpty()) {
      for (T one : found) {
        if (!time.now().isBefore(end)) {
          return done;
        }
        reached = Optional.of(one);
        done += work.test(one) ? 1 : 0;
      }
      found = next.apply(reached);
    }
    reached = Optional.empty();
    return done;
  }
}
