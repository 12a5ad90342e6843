package io.quickscale.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Takes out of a story that goes wrong what it does not need to go wrong. Much faster than jqwik's
 * own shrinking, which knows nothing of stories, and in one thread.
 */
final class Shortening {
  private Shortening() {}

  /** The story without anything that can be left out. */
  static List<Step> of(List<Step> story, Predicate<List<Step>> goesWrong) {
    List<Step> shortest = story;
    Optional<List<Step>> shorter = Optional.of(story);
    while (shorter.isPresent()) {
      shortest = shorter.get();
      shorter = simpler(shortest, Step::simpler).stream().filter(goesWrong).findFirst();
    }
    return shortest;
  }

  /** Lists that lack one thing, the last ones first, and lists in which one thing is simpler. */
  static <T> List<List<T>> simpler(List<T> things, Function<T, List<T>> simplerThings) {
    List<List<T>> lists = new ArrayList<>();
    for (int i = things.size() - 1; i >= 0; i--) {
      List<T> without = new ArrayList<>(things);
      without.remove(i);
      lists.add(without);
    }
    for (int i = 0; i < things.size(); i++) {
      for (T simpler : simplerThings.apply(things.get(i))) {
        List<T> with = new ArrayList<>(things);
        with.set(i, simpler);
        if (!with.equals(things)) {
          lists.add(with);
        }
      }
    }
    return lists;
  }
}
